import { quotaNames } from '../account/quotas.ts';
import { invalidRequest, ok } from '../http/reply.ts';
import { operation, type Operation } from './operation.ts';

const ledgerMonths = 12;

export const accountOperations: readonly Operation[] = [
  operation({
    id: 'getQuota',
    method: 'GET',
    path: '/v1/quota',
    handle({ account }) {
      const quotas = quotaNames.map((name) => {
        const { used, limit } = account.quotas.read(name);
        return [name, { used, limit }] as const;
      });
      return ok(Object.fromEntries(quotas));
    },
  }),
  operation({
    id: 'listAiCreditUsage',
    method: 'GET',
    path: '/v1/aicredits/usage',
    handle({ query, account }) {
      const entries = account.ledger.credits();
      const [year, month] = [query.get('year'), query.get('month')];
      if (year === null && month === null) return ok(entries);
      if (year === null || month === null)
        return invalidRequest('year and month must be given together.');
      const wanted = monthIndex(Number(year), Number(month));
      const now = new Date(account.clock.now());
      const current = monthIndex(now.getUTCFullYear(), now.getUTCMonth() + 1);
      if (wanted === undefined || current === undefined)
        return invalidRequest('year and month must be a year and a month.');
      if (wanted > current || wanted <= current - ledgerMonths)
        return invalidRequest('The month must be within the last 12 months.');
      const prefix = `${year}-${String(Number(month)).padStart(2, '0')}-`;
      return ok(entries.filter(({ transactionDate }) => transactionDate.startsWith(prefix)));
    },
  }),
];

/** Months since year 0, so that they can be compared. */
function monthIndex(year: number, month: number): number | undefined {
  const right = Number.isInteger(year) && Number.isInteger(month) && month >= 1 && month <= 12;
  return right ? year * 12 + month - 1 : undefined;
}
