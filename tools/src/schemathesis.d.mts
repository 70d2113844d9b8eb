/** Its Python, which runs it as a module; undefined where it is not installed. */
export function findSchemathesis(env: NodeJS.ProcessEnv): string | undefined;
export function ensureSchemathesis(env: NodeJS.ProcessEnv, say: (text: string) => void): Promise<void>;
