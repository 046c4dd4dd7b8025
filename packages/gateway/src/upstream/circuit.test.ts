import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Circuit } from './circuit.ts';

const make = () => {
  const time = { ms: 0 };
  const circuit = new Circuit(
    { nowMs: () => 0, monotonicMs: () => time.ms },
    { window: 4, failureShare: 0.5, openMs: 100 },
  );
  return { circuit, time };
};

describe('a circuit', () => {
  it('stays closed until its window is full', () => {
    const { circuit } = make();
    circuit.failed();
    circuit.failed();
    circuit.failed();
    assert.equal(circuit.state, 'closed');
    assert.equal(circuit.admit(), 0);
    circuit.failed();
    assert.equal(circuit.state, 'open');
  });

  it('opens at the share of failures among the latest calls only', () => {
    const { circuit } = make();
    for (let index = 0; index < 10; index += 1) circuit.succeeded();
    circuit.failed();
    assert.equal(circuit.state, 'closed');
    circuit.failed();
    assert.equal(circuit.state, 'open');
  });

  it('tells how long to wait, then lets one probe through at a time', () => {
    const { circuit, time } = make();
    for (let index = 0; index < 4; index += 1) circuit.failed();
    assert.equal(circuit.admit(), 100);
    time.ms = 60;
    assert.equal(circuit.admit(), 40);
    time.ms = 100;
    assert.equal(circuit.admit(), 0);
    assert.equal(circuit.state, 'half-open');
    assert.equal(circuit.admit(), 100);
  });

  it('closes after a good probe and forgets the failures', () => {
    const { circuit, time } = make();
    for (let index = 0; index < 4; index += 1) circuit.failed();
    time.ms = 100;
    circuit.admit();
    circuit.succeeded();
    assert.equal(circuit.state, 'closed');
    circuit.failed();
    circuit.failed();
    circuit.failed();
    assert.equal(circuit.state, 'closed');
  });

  it('opens again after a bad probe, for the whole time', () => {
    const { circuit, time } = make();
    for (let index = 0; index < 4; index += 1) circuit.failed();
    time.ms = 100;
    circuit.admit();
    time.ms = 150;
    circuit.failed();
    assert.equal(circuit.state, 'open');
    assert.equal(circuit.admit(), 100);
  });

  it('lets another probe through when the first one is never heard of', () => {
    const { circuit, time } = make();
    for (let index = 0; index < 4; index += 1) circuit.failed();
    time.ms = 100;
    circuit.admit();
    time.ms = 200;
    assert.equal(circuit.admit(), 0);
  });
});
