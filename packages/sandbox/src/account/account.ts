import type { Clock } from '../clock.ts';
import { seededIds, type Ids } from '../ids.ts';
import { standardVoices, type Voice } from '../library/voices.ts';
import { Collection } from './collection.ts';
import type { AwsConnection, VimeoConnection } from './connections.ts';
import { Credentials, type FixedCredentials } from './credentials.ts';
import type { Job } from './job.ts';
import { Jobs } from './jobs.ts';
import { Ledger } from './ledger.ts';
import { firstProjects, type Project } from './projects.ts';
import { Quotas, type QuotaName } from './quotas.ts';
import { settingsByDefault, type Settings } from './settings.ts';
import { firstTemplate, type Template } from './templates.ts';
import { Uploads } from './uploads.ts';

interface AccountOptions {
  readonly seed: string;
  readonly speed: number;
  /** Where the sandbox is reached; every link in a reply begins so. */
  readonly baseUrl: string;
  readonly credentials: FixedCredentials;
  readonly quotaLimits: Partial<Record<QuotaName, number>>;
  readonly jobFinished: (job: Job, account: Account) => void;
}

/** One whole account of the service. Everything in it is seen by every credential: that is how the service is. */
export interface Account {
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly quotas: Quotas;
  readonly ledger: Ledger;
  readonly jobs: Jobs;
  readonly uploads: Uploads;
  readonly projects: Collection<Project>;
  readonly templates: Collection<Template>;
  readonly awsConnections: Collection<AwsConnection>;
  readonly vimeoConnections: Collection<VimeoConnection>;
  readonly voices: Voice[];
}

export function openAccount(clock: Clock, options: AccountOptions): Account {
  const { seed, speed, baseUrl } = options;
  const ids = seededIds(seed);
  const quotas = new Quotas(options.quotaLimits);
  const ledger = new Ledger(clock, ids, quotas.read('aiCredits').limit);
  const account: Account = {
    baseUrl,
    clock,
    ids,
    settings: { ...settingsByDefault },
    credentials: new Credentials(clock, ids, options.credentials),
    quotas,
    ledger,
    jobs: new Jobs({
      clock,
      ids,
      quotas,
      ledger,
      speed,
      finished: (job) => options.jobFinished(job, account),
    }),
    uploads: new Uploads(clock, ids),
    projects: new Collection(),
    templates: new Collection(),
    awsConnections: new Collection(),
    vimeoConnections: new Collection(),
    voices: [...standardVoices(baseUrl)],
  };
  for (const project of firstProjects(account))
    account.projects.set(String(project.project_id), project);
  const template = firstTemplate(account);
  account.templates.set(template.templateId, template);
  return account;
}

/** The account's time as the API writes times. */
export function isoNow(account: Pick<Account, 'clock'>): string {
  return new Date(account.clock.now()).toISOString();
}
