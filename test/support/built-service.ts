import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** `env` is all that the process finds in its environment. */
async function evaluate(script: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, env });
  return JSON.parse(stdout) as unknown;
}

/**
 * What a built service (`npm run build:services`) says to an environment: the sentence with which it refuses to start,
 * or null where it would start. `folder` is from the root: `services/inbox`.
 */
export async function refusalOf(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<string | null> {
  const script = `
    import { readConfig } from './${folder}/dist/config.js';
    let refusal = null;
    try { readConfig(process.env); } catch (error) { refusal = error.message; }
    process.stdout.write(JSON.stringify(refusal), () => process.exit(0));`;
  return (await evaluate(script, env)) as string | null;
}

/** A durable consumer by which a service reads a stream. */
export interface DurableConsumer {
  readonly stream: string;
  readonly consumer: string;
}

/** All durable consumers of a built service, read from its @OnEvents methods as the bus does. */
export async function durableConsumersOf(service: string): Promise<readonly DurableConsumer[]> {
  const script = `
    import 'reflect-metadata';
    import { readdirSync } from 'node:fs';
    const folder = './services/${service}/dist/adapters/nats/';
    const found = [];
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.consumer.js'))) {
      for (const { prototype } of Object.values(await import(folder + file))) {
        for (const name of Object.getOwnPropertyNames(prototype ?? {})) {
          const extras = Reflect.getMetadata('microservices:pattern_extras', prototype[name]);
          if (extras?.registration?.kind !== 'events') continue;
          const { name: own, definitions } = extras.registration;
          found.push({ stream: definitions[0].stream, consumer: '${service}-' + own });
        }
      }
    }
    process.stdout.write(JSON.stringify(found), () => process.exit(0));`;
  return (await evaluate(script, {})) as DurableConsumer[];
}
