// What the examples share: where the room is, and who one is there.

import { connect } from '@opsroom/client';

const { OPSROOM_SERVER: url = 'http://127.0.0.1:8080', OPSROOM_TOKEN: token, OPSROOM_LOGIN, OPSROOM_PASSWORD: password = 'opsroom-demo' } = process.env;

export const fromEnvironment = (login = OPSROOM_LOGIN ?? 'li.na') => connect({ url, ...(token ? { token } : { login, password }) });
