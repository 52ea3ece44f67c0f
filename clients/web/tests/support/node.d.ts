// As much of node as the tests ask for.
declare module 'node:child_process' {
  export function execFileSync(program: string, args: readonly string[], how: { encoding: 'utf8'; maxBuffer: number }): string;
}
