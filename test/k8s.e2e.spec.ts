import { beforeAll, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { fileURLToPath } from 'node:url';
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
