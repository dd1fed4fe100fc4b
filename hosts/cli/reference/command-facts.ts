import type { Command } from 'commander';
import { CliCommand, type Example } from '../cli-command.js';

export interface OptionFacts {
  /** As a user types it: `--limit <number>`. */
  readonly flags: string;
  readonly long: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** The allowed values; empty where any value is allowed. */
  readonly choices: readonly string[];
  /** In words; null where there is none worth describing. */
  readonly byDefault: string | null;
}

export interface ArgumentFacts {
  readonly name: string;
  readonly description: string;
  readonly choices: readonly string[];
}

/** The syntax of a command, read from the definitions that parse it. */
export interface CommandFacts {
  /** The words of the command, the program's name first. */
  readonly path: readonly string[];
  readonly description: string;
  readonly usage: string;
  readonly arguments: readonly ArgumentFacts[];
  readonly options: readonly OptionFacts[];
  readonly examples: readonly Example[];
  readonly commands: readonly CommandFacts[];
}

export function commandFacts(command: Command, parents: readonly string[] = []): CommandFacts {
  const path = [...parents, command.name()];
  const help = command.createHelp();
  return {
    path,
    description: command.description(),
    usage: command.usage(),
    arguments: command.registeredArguments.map((argument) => ({
      name: argument.name(),
      description: argument.description,
      choices: argument.argChoices ?? [],
    })),
    options: help.visibleOptions(command).map((option) => ({
      flags: option.flags,
      long: option.long ?? option.flags,
      description: option.description,
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
      byDefault: option.defaultValue === undefined || option.defaultValue === false ? null : String(option.defaultValue),
    })),
    examples: command instanceof CliCommand ? command.examples : [],
    commands: command.commands.map((child) => commandFacts(child, path)),
  };
}

/** A command and all its subcommands, in the order of their definition. */
export const everyCommand = (facts: CommandFacts): readonly CommandFacts[] => [facts, ...facts.commands.flatMap(everyCommand)];
