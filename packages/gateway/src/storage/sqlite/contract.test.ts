import { contract } from '../contract/contract.ts';
import { makeSqlitePlace } from './place.fixture.ts';

contract('SQLite', makeSqlitePlace);
