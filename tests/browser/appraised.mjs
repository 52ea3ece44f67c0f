// Appraisals brought as far as a case needs them, by requests beside the browser.

import { administrator, finance, leader, manager, password, specialist } from './people.mjs';

const extras = { form: 1, fields: [], attachments: [] };
const reason = { reason: '试行' };

/** Finance is human resources, too: what the administrator proposes the superior leader confirms. */
export async function makePersonnel(admin, hr, sl) {
  const proposed = await admin('member.set_roles', `member/${hr.id}`, { roles: ['RQ', 'HR'] });
  if (proposed.events === 0) return;
  const { items: changes } = await sl.read('changes');
  for (const c of changes.filter((one) => one.member === hr.id)) await sl('member.confirm_change', `member/${hr.id}`, { number: c.number });
}

/** Logs in whoever has a part, and sees to it that specialists have indicators. */
export async function parties(room) {
  const [admin, hr, om, sl, sp] = await Promise.all([administrator, finance, manager, leader, specialist].map((who) => room.server.member(who, password)));
  await makePersonnel(admin, hr, sl);
  const { items } = await om.read('indicators?limit=200');
  if (!items.some((i) => i.role === 'SP' && i.status === 'published')) {
    const indicator = (code, weight, zh, en, evidence) => ({ code, weight, name: { zh, en }, evidence: [evidence] });
    await om('indicators.publish', null, {
      role: 'SP', name: { zh: '运营专员考核指标', en: 'Indicators of the specialist' },
      indicators: [
        indicator('module', 60, '模块业务指标', 'Module indicators', 'projects_accepted'),
        indicator('execution', 40, '执行效率与质量', 'Execution', 'tasks_on_time'),
      ],
    });
  }
  return { admin, hr, om, sl, sp };
}

/** The appraisal of the specialist in a quarterly cycle that is opened for it: `{ cycle, appraisal }`, as streams. */
export async function opened({ hr, sp }, year, quarter) {
  const cycle = (await hr('cycle.plan', null, { kind: 'quarter', year, quarter })).stream;
  await hr('cycle.open', cycle, reason);
  for (let n = 0; n < 100; n++) {
    const { items } = await sp.read(`appraisals?cycle=${cycle.split('/')[1]}`);
    const own = items.find((a) => a.employee === sp.id);
    if (own) return { cycle, appraisal: `appraisal/${own.id}` };
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error(`${cycle} is open, and the specialist has no appraisal in it`);
}

const codes = async (by, appraisal) => (await by.read(appraisal.replace('/', 's/'))).indicators.map((i) => i.code);

export async function selfSubmitted({ sp }, appraisal, score = 90) {
  const lines = (await codes(sp, appraisal)).map((indicator) => ({ indicator, score, text: '已完成', evidence: [] }));
  await sp('appraisal.submit_self', appraisal, { form: { lines, extras } });
}

export async function evaluated({ om }, appraisal, score = 80) {
  const lines = (await codes(om, appraisal)).map((indicator) => ({ indicator, score, comment: '良好', evidence: [] }));
  await om('appraisal.evaluate', appraisal, { form: { lines, comment: '整体良好', extras } });
}

export async function talked({ om, sp }, appraisal) {
  await om('appraisal.record_talk', appraisal, { talk: { result: '良好', strengths: '扎实', shortcomings: '复盘少', actions: [], extras } });
  await om('appraisal.confirm_talk', appraisal, {});
  await sp('appraisal.confirm_talk', appraisal, {});
}

/** The cycle goes on, step by step, to where scores are calibrated. */
export async function calibrating({ hr }, cycle) {
  for (const step of ['close_self', 'close_evaluation', 'begin_calibration']) await hr(`cycle.${step}`, cycle, reason);
}

/** All of it: a result that stands. */
export async function finalised(who, year, quarter) {
  const { cycle, appraisal } = await opened(who, year, quarter);
  await selfSubmitted(who, appraisal);
  await evaluated(who, appraisal);
  await talked(who, appraisal);
  await calibrating(who, cycle);
  await who.sl('appraisal.finalise', appraisal, {});
  return { cycle, appraisal };
}
