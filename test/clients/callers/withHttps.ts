import { request } from 'node:https';

/** A client of its own process with `node:https`: the key itself as Bearer, one read. Prints the status. */
const { BASE_URL = '', CLIENT_SECRET } = process.env;
const headers = { authorization: `Bearer ${CLIENT_SECRET}` };

request(`${BASE_URL}/v1/voiceovers/tracks`, { headers }, (response) => {
  response.resume().on('end', () => process.stdout.write(`${response.statusCode}\n`));
})
  .on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  })
  .end();
