import { contract } from '../contract/contract.ts';
import { makeSqlitePlace } from './testPlace.ts';

contract('SQLite', makeSqlitePlace);
