/** A client of its own process with `fetch`: a token, a storyboard, polls without a pause. Prints the job's last word. */
const { BASE_URL = '', CLIENT_ID, CLIENT_SECRET } = process.env;

async function call(method: string, route: string, authorization: string, body?: object) {
  const response = await fetch(BASE_URL + route, {
    method,
    headers: { 'content-type': 'application/json', authorization },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${route} was answered ${response.status}`);
  // oxlint-disable-next-line typescript/no-explicit-any -- clients read replies without types
  return (await response.json()) as any;
}

const credentials = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
const { access_token } = await call('POST', '/v1/oauth2/token', '', credentials);
const storyboard = { videoName: 'fetch', scenes: [{ text: 'One sentence.' }] };
const { jobId } = await call('POST', '/v1/video/storyboard', access_token, storyboard);
let status: string;
do ({ status } = (await call('GET', `/v1/jobs/${jobId}`, access_token)).data);
while (status === 'in-progress');
process.stdout.write(`${status}\n`);
