/** Why a request body could not be parsed; becomes REQBODY_ERROR and REQBODY_ERROR_MSG. */
export class RequestBodyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestBodyError';
  }
}
