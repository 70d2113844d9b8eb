import { beforeAll, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { fileURLToPath } from 'node:url';
import { durableConsumersOf, refusalOf } from './support/built-service.js';
import { buildKustomization, findKustomize } from './support/kustomize.js';
import { describeWith } from './support/optional.js';

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec?: Record<string, unknown>;
}
type Model = new (data: unknown) => { validate(): void };

/** Custom resources whose schema no package carries; checked by their own assertions below. */
const WITHOUT_MODEL = new Set(['mongodbcommunity.mongodb.com/v1']);

async function modelOf({ apiVersion, kind }: Manifest): Promise<Model> {
  const packageName = apiVersion.startsWith('gateway.networking.k8s.io')
    ? '@kubernetes-models/gateway-api'
    : apiVersion.startsWith('keda.sh')
      ? '@kubernetes-models/keda'
      : 'kubernetes-models';
  const module = (await import(`${packageName}/${apiVersion}/${kind}`)) as Record<string, Model>;
  const model = module[kind];
  if (!model) throw new Error(`${packageName} has no model of ${apiVersion} ${kind}`);
  return model;
}

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string; optional?: boolean } };
}

/** What docs/operations.md tells to put into the secrets. */
const SECRETS: Record<string, Record<string, string>> = {
  'partyline-secrets': {
    MONGODB_URL: 'mongodb://mongodb:27017/admin?replicaSet=partyline-mongodb',
    PARTYLINE_SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
    PARTYLINE_JWT_SECRET: 'x'.repeat(40),
    PARTYLINE_VAPID_PUBLIC: 'public',
    PARTYLINE_VAPID_PRIVATE: 'private',
  },
  'partyline-nats': Object.fromEntries(
    ['INGEST', 'ROUTING', 'INBOX', 'DELIVERY', 'NOTIFY', 'GATEWAY', 'ADMIN'].map((name) => [
      `NATS_${name}_PASSWORD`,
      'secret',
    ]),
  ),
};

/** The variables as the kubelet sets them. */
function environmentOf(variables: readonly Variable[], config: Record<string, string>) {
  const env = { ...config };
  for (const { name, value, valueFrom } of variables) {
    const ref = valueFrom?.secretKeyRef;
    const text = ref ? SECRETS[ref.name]?.[ref.key] : value;
    if (text === undefined && !ref?.optional) throw new Error(`${name} asks for a secret nobody was told of`);
    if (text !== undefined)
      env[name] = text.replace(/\$\((\w+)\)/g, (whole, other: string) => env[other] ?? whole);
  }
  return env;
}

const SERVICES = ['ingest', 'routing', 'inbox', 'delivery', 'notify', 'gateway'];

describeWith(
  findKustomize(),
  'needs kubectl, kustomize or Go',
  'the Kubernetes production overlay',
  (tool) => {
    let manifests: Manifest[] = [];
    beforeAll(() => {
      const folder = fileURLToPath(new URL('../k8s/overlays/production', import.meta.url));
      manifests = parseAllDocuments(buildKustomization(tool, folder)).map((doc) => doc.toJS() as Manifest);
    }, 180_000);

    const named = (kind: string, name: string) =>
      manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);

    it('holds every manifest to the schema of its kind', async () => {
      const problems: string[] = [];
      for (const manifest of manifests.filter(({ apiVersion }) => !WITHOUT_MODEL.has(apiVersion))) {
        const model = await modelOf(manifest);
        try {
          new model(manifest).validate();
        } catch (error) {
          problems.push(`${manifest.kind} ${manifest.metadata.name}: ${String(error)}`);
        }
      }
      expect(problems).toEqual([]);
      expect(manifests.length).toBeGreaterThan(30);
    });

    it.each(SERVICES)(
      'runs %s without root, without a writable file system, with probes and a budget',
      (service) => {
        const deployment = named('Deployment', service);
        expect(deployment?.spec).toMatchObject({
          template: {
            spec: {
              automountServiceAccountToken: false,
              securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [
                {
                  securityContext: {
                    readOnlyRootFilesystem: true,
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ['ALL'] },
                  },
                  livenessProbe: { httpGet: { path: '/health/live' } },
                  readinessProbe: { httpGet: { path: '/health/ready' } },
                },
              ],
            },
          },
        });
        expect(named('PodDisruptionBudget', service)?.spec).toMatchObject({ maxUnavailable: 1 });
      },
    );

    it.each(SERVICES)('gives %s every variable that it asks for', async (service) => {
      const configMap = manifests.find(
        ({ kind, metadata }) => kind === 'ConfigMap' && /^partyline-[a-z0-9]+$/.test(metadata.name),
      ) as (Manifest & { data: Record<string, string> }) | undefined;
      const deployment = named('Deployment', service) as unknown as {
        spec: { template: { spec: { containers: [{ env: Variable[] }] } } };
      };
      const env = environmentOf(deployment.spec.template.spec.containers[0].env, configMap?.data ?? {});
      expect(env['NATS_URL']).toBe(`nats://${service}:secret@nats:4222`);
      expect(await refusalOf(`services/${service}`, env)).toBeNull();
    });

    it('scales on consumers that exist', async () => {
      const scaled = manifests.filter(({ kind }) => kind === 'ScaledObject');
      const problems: string[] = [];
      for (const { metadata, spec } of scaled) {
        const triggers = spec?.['triggers'] as { type: string; metadata: Record<string, string> }[];
        const known = (await durableConsumersOf(metadata.name)).map((one) => `${one.stream}/${one.consumer}`);
        for (const trigger of triggers.filter(({ type }) => type === 'nats-jetstream')) {
          const name = `${trigger.metadata['stream']}/${trigger.metadata['consumer']}`;
          if (!known.includes(name)) problems.push(`${name} is none of ${known.join(', ')}`);
        }
      }
      expect(problems).toEqual([]);
      expect(scaled.length).toBe(4);
    });

    it.each(SERVICES)('never scales %s below two replicas', (service) => {
      const spec = (named('ScaledObject', service) ?? named('HorizontalPodAutoscaler', service))?.spec ?? {};
      expect(Number(spec['minReplicaCount'] ?? spec['minReplicas'])).toBeGreaterThanOrEqual(2);
    });

    it('runs MongoDB and NATS as three, spread and with disks', () => {
      expect(named('MongoDBCommunity', 'partyline-mongodb')?.spec).toMatchObject({
        members: 3,
        type: 'ReplicaSet',
      });
      expect(named('StatefulSet', 'nats')?.spec).toMatchObject({ replicas: 3 });
    });

    it('forbids all traffic that no policy names', () => {
      expect(named('NetworkPolicy', 'deny-all')?.spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      });
    });

    it('carries no secret', () => {
      expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    });
  },
);
