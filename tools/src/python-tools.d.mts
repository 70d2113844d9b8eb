export interface PythonTool {
  readonly name: string;
  readonly version: string;
  /** As pip wants them. */
  readonly packages: readonly string[];
  readonly purpose: string;
}
export const SCHEMATHESIS: PythonTool;
export const MOTO: PythonTool;
/** Its Python, which runs it as a module; undefined where it is not installed. */
export function findPythonTool(tool: PythonTool, env: NodeJS.ProcessEnv): string | undefined;
export function ensurePythonTool(
  tool: PythonTool,
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
): Promise<void>;
