// Every place of the page, as somebody who reads with `read` would find it: lists, new documents, the newest of every kind, flows.
export async function placesOf(read) {
  const described = (await read('schema')).kinds.filter((k) => k.path);
  const newest = async (kind) => {
    const { items } = await read(`${kind.path.replace('/api/v1/', '')}?sort=-id&limit=1`);
    return items?.length ? [`${kind.name}/${items[0].id}`] : [];
  };
  const lists = described.map((k) => k.path.replace('/api/v1/', ''));
  const dossiers = (await Promise.all(described.map(newest))).flat();
  const { items: channels } = await read('channels');
  return [
    'board', 'task/1', 'task/99999', 'inbox', 'channels', `channel/${channels[0].id}`, 'waiting', 'search', 'account', 'people',
    ...lists, ...described.map((k) => `${k.name}/new`), ...described.map((k) => `flow/${k.name}`), ...dossiers,
  ];
}
