const method = "Node's parser knows the registered methods alone: 400, no rule runs";
const host =
  'such a Host is none of those that are served: 421 by the host list, where the test wants 400';

/** Tests that cannot pass over a socket, each with its reason: what is refused before any rule. */
export const overrides: ReadonlyMap<string, string> = new Map([
  ['911100-5', method],
  ['911100-7', method],
  ['920100-10', method],
  ['920100-14', method],
  ['949110-4', method],
  ['920100-5', 'CONNECT is a method that no listener serves: 405, where the test wants 400'],
  ['920181-1', "Content-Length beside Transfer-Encoding: Node's parser refuses it (RFC 9112, 6.3)"],
  ['920270-4', host],
  ['920274-1', host],
  ['920290-1', host],
  [
    '920430-5',
    "a request line without a version: Node's parser answers 400, the test wants no answer",
  ],
  ['920430-8', "Node's parser refuses a version of HTTP that does not exist: 400, no rule runs"],
  [
    '920620-1',
    'two Content-Type headers are refused by the framing rules: 400, the test wants 200',
  ],
]);
