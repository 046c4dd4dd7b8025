import { toInteger } from '../operators/operator.ts';
import { Entry } from '../request/entry.ts';
import { expandMacro } from '../request/macro.ts';
import type { Effect, SetVariable } from '../seclang/effect.ts';
import type { TransactionState } from './transactionState.ts';

/** Do what a link's actions say when it matches. */
export function applyEffects(state: TransactionState, effects: readonly Effect[]): void {
  for (const effect of effects) {
    switch (effect.kind) {
      case 'setvar':
        setVariable(state, effect);
        break;
      case 'initcol':
        state.store.setWritable(effect.collection, 'key', expandMacro(effect.key, state.store));
        break;
      case 'setenv': {
        const value = expandMacro(effect.value, state.store);
        const others = state.store.fixed('ENV').filter(({ key }) => key !== effect.name);
        state.store.setFixed('ENV', [...others, new Entry('ENV', effect.name, value)]);
        break;
      }
      default:
        state.control(effect);
    }
  }
}

function setVariable(state: TransactionState, effect: SetVariable): void {
  const { store } = state;
  const key = expandMacro(effect.key, store);
  if (effect.operation === 'delete') {
    store.writable(effect.collection).delete(key.toLowerCase());
    return;
  }
  const value = expandMacro(effect.value, store);
  if (effect.operation === 'set') {
    store.setWritable(effect.collection, key, value);
    return;
  }
  const current = store.writable(effect.collection).get(key.toLowerCase())?.value ?? '0';
  const change = effect.operation === 'add' ? toInteger(value) : -toInteger(value);
  store.setWritable(effect.collection, key, String(toInteger(current) + change));
  state.scores.push({
    variable: `${effect.collection.toLowerCase()}.${key.toLowerCase()}`,
    added: change,
  });
}
