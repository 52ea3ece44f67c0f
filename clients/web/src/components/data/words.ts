// What is said where data are taken elsewhere.

const zh = {
  export: '导出',
  formats: { csv: 'CSV', xlsx: 'Excel', parquet: 'Parquet' },
  as: (format: string) => `导出为 ${format}`,
  connect: '在 Excel、Power BI 中打开',
  address: 'OData 地址',
  how: '在 Excel 中选“数据”→“获取数据”→“自其他源”→“自 OData 数据源”，填入此地址；选“基本”验证，用户名为登录名，密码为访问令牌（个人设置 → 访问令牌）。数据随之刷新。',
};
const en: typeof zh = {
  export: 'Export',
  formats: { csv: 'CSV', xlsx: 'Excel', parquet: 'Parquet' },
  as: (format) => `Export as ${format}`,
  connect: 'Open in Excel or Power BI',
  address: 'OData address',
  how: 'In Excel choose Data → Get Data → From Other Sources → From OData Feed and give this address; choose Basic, with your login as the user name and an access token as the password (your settings → access tokens). It can be refreshed from then on.',
};

export const words = { zh, en };
