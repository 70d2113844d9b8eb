import { spawnSync } from 'node:child_process';

const TOOLS: readonly (readonly string[])[] = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
  // The Go proxy has it where Go is installed; pinned, and cached by Go after the first time.
  ['go', 'run', 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1', 'build'],
];

function works(tool: readonly string[]): boolean {
  const [command = '', ...args] = tool;
  const probe = command === 'go' ? ['version'] : [...args, '--help'];
  return spawnSync(command, probe, { stdio: 'ignore' }).status === 0;
}

/** The first tool on this machine that can build a kustomization, or null. */
export function findKustomize(): readonly string[] | null {
  return TOOLS.find(works) ?? null;
}

/** The manifests of a kustomization as one YAML stream. Throws with the tool's own words. */
export function buildKustomization(tool: readonly string[], folder: string): string {
  const [command = '', ...args] = tool;
  const run = spawnSync(command, [...args, folder], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${command} could not build ${folder}: ${run.stderr}`);
  return run.stdout;
}
