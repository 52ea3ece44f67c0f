// What a browser or a program calls itself, in few words. Pure.

/** "Firefox · Windows" of a User-Agent; what is none of a browser is shown as far as its first blank. */
export function browserOf(agent: string | undefined): string {
  if (!agent) return '–';
  const browser = ([['Edg', 'Edge'], ['OPR', 'Opera'], ['MicroMessenger', 'WeChat'], ['Firefox', 'Firefox'], ['Chrome', 'Chrome'], ['Safari', 'Safari']] as const).find(([mark]) =>
    agent.includes(`${mark}/`),
  )?.[1];
  if (!browser) return agent.split(' ')[0]!.slice(0, 60);
  const system = ([['Windows', 'Windows'], ['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Mac OS X', 'macOS'], ['Linux', 'Linux']] as const).find(([mark]) => agent.includes(mark))?.[1];
  return system ? `${browser} · ${system}` : browser;
}
