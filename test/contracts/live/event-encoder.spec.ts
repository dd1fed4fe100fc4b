import { JsonEventEncoder } from '../../../adapters/json/json-event-encoder.js';
import { eventEncoderContract } from '../../kit/contracts/live/event-encoder.contract.js';

eventEncoderContract('JSON', () => new JsonEventEncoder());
