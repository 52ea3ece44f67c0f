// What an election's own views say.

const zh = {
  ballots: (n: number) => `已投 ${n} 票`,
  voted: '您已投票，截止前可改。',
  notVoted: '您还没有投票。',
  secret: '选票封存，任何人都看不到谁投给谁；计票附有证明，人人可以核对（D7）。',
  votes: (n: number) => `${n} 票`,
  chosen: '当选',
  verify: '核对计票',
  verifying: (done: number, all: number) => `正在核对选票 ${done} / ${all}`,
  unable: '浏览器只在 HTTPS 或本机（localhost）打开的页面上提供密码运算，所以这里无法核对。请改用 HTTPS 打开，或在终端运行 opsroom election verify。',
  holds: (ballots: number, invalid: number) => `计票成立：共 ${ballots} 张选票，无效 ${invalid} 张，票数与封存的选票一致。`,
  steps: [
    '每张选票附有证明：只投给一位被提名人，且属于该投票人和本次评选；每人一张。',
    '无效选票的张数与公布的一致。',
    '各被提名人的选票封存着相加，只解封总和，并证明解封无误；为此不必打开任何一张选票。',
    '解封所得的票数与公布的、也与本页所示的一致。',
  ],
  own: '您的选票在其中。',
  limits: '以上在您的浏览器中算出，选票取自本服务器。若要不依赖本页的程序，请运行 opsroom election verify，它核对同样的证明。',
  other: '核对的票数与本页所示的不一致。请刷新后再核对；如仍如此，请告知审计。',
  ownMissing: '您投过票，但所列选票中没有您的。请告知审计。',
  invalidOf: (who: string) => `不成立的选票属于：${who}`,
  verdicts: {
    bad_key: () => '计票不成立：评选的公钥无效。',
    voter_twice: () => '计票不成立：有人的选票出现了两次。',
    wrong_invalid: () => '计票不成立：无效票数与所列选票不符。',
    bad_opening: (who: string) => `计票不成立：${who || '全部被提名人'} 的票数总和没有正确解封。`,
    wrong_total: (who: string) => `计票不成立：${who} 的票数与封存的选票不符。`,
  } as Record<string, (who: string) => string>,
};

const en: typeof zh = {
  ballots: (n) => `${n} ${n === 1 ? 'ballot' : 'ballots'} cast`,
  voted: 'You have voted; you may change it until voting closes.',
  notVoted: 'You have not voted yet.',
  secret: 'Ballots are sealed: nobody sees who voted for whom. The count comes with a proof that anyone can check (D7).',
  votes: (n) => `${n} ${n === 1 ? 'vote' : 'votes'}`,
  chosen: 'elected',
  verify: 'Verify the count',
  verifying: (done, all) => `Checking ballot ${done} of ${all}`,
  unable: 'Browsers offer cryptography only to pages opened over HTTPS or on this machine (localhost), so the count can’t be checked here. Open the page over HTTPS, or run opsroom election verify in a terminal.',
  holds: (ballots, invalid) => `The count holds: ${ballots} ${ballots === 1 ? 'ballot' : 'ballots'}, ${invalid} of them invalid, and the totals are those of the sealed ballots.`,
  steps: [
    'Each ballot proves that it is for exactly one nominee, and belongs to its voter and this election; there is one for each voter.',
    'As many ballots are invalid as was published.',
    'The ballots of each nominee were added while sealed; only the sum was opened, with a proof that it was opened correctly. No single ballot had to be opened.',
    'The sums are the totals that were published, and those on this page.',
  ],
  own: 'Your ballot is among them.',
  limits: 'Worked out in your browser, from the ballots that this server gives. To rely on no program of this page, run opsroom election verify, which checks the same proofs.',
  other: 'The totals that were checked are not those on this page. Reload it and check again; if that stays so, tell the auditor.',
  ownMissing: 'You have voted, and your ballot is not among those listed. Tell the auditor.',
  invalidOf: (who) => `Invalid ballots are those of ${who}`,
  verdicts: {
    bad_key: () => 'The count does not hold: the key of the election is invalid.',
    voter_twice: () => 'The count does not hold: somebody’s ballot appears twice.',
    wrong_invalid: () => 'The count does not hold: the number of invalid ballots is not that of the ballots listed.',
    bad_opening: (who) => `The count does not hold: the sum of ${who || 'all nominees'} was not opened correctly.`,
    wrong_total: (who) => `The count does not hold: the votes of ${who} are not those of the sealed ballots.`,
  },
};

export const words = { zh, en };
