// The API for people: what GET /api/openapi.json says, with requests that can be tried in one's own session.

const asked = new URLSearchParams(location.search).get('lang');
const lang = asked === 'zh' || asked === 'en' ? asked : navigator.language.startsWith('zh') ? 'zh' : 'en';
document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';

const explorer = document.createElement('openapi-explorer');
explorer.setAttribute('spec-url', `/api/openapi.json?lang=${lang}`);
explorer.setAttribute('server-url', location.origin);
// The cookie of whoever is logged in goes with what they try.
explorer.setAttribute('fetch-credentials', 'same-origin');
explorer.setAttribute('collapse', '');
explorer.setAttribute('hide-server-selection', '');
explorer.setAttribute('schema-expand-level', '2');

const beside = document.createElement('p');
beside.slot = 'overview';
for (const [href, text] of [
  ['/', lang === 'zh' ? '返回工作台' : 'Back to the room'],
  [`?lang=${lang === 'zh' ? 'en' : 'zh'}`, lang === 'zh' ? 'English' : '中文'],
  ['/api/openapi.json', 'OpenAPI 3.1'],
  ['/api/asyncapi.json', 'AsyncAPI 3.0'],
]) {
  const link = document.createElement('a');
  link.href = href;
  link.textContent = text;
  beside.append(link, ' · ');
}
beside.lastChild.remove();
explorer.append(beside);
document.body.append(explorer);
