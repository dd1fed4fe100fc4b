import { expect } from 'chai';

/** A ticket for one socket, had with an access token. */
export async function ticketFor(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/ws/ticket`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).to.equal(200);
  expect(body).to.have.all.keys('ticket', 'expires_in');
  // a cast: the line before is its proof
  return (body as { readonly ticket: string }).ticket;
}
