#include "server/openapi/answers.hpp"

namespace server::openapi {
namespace {

constexpr named_shape all[] = {
    // Values.
    {"Bilingual", "{ zh: text, en: text }", "中英文各一份", "The same in both languages"},
    {"Attachment", "{ sha256: hash, name: text, media_type: text, bytes: count }", "附件：内容先行上传（POST /api/v1/attachments）", "A file, whose content is sent before (POST /api/v1/attachments)"},
    {"Extras", "{ form: count, fields: { name: text, text: text }[], attachments: Attachment[] }", "表单的附加字段与附件；form 为表单定义的版本",
     "Fields that definitions have added to a form, and its files; `form` is the version of the form's definition"},
    {"SealedExtras", "{ form: count, fields: { name: text, text: Text }[], attachments: { sha256: hash, name: Text, media_type: text, bytes: count }[] }",
     "附加字段与附件，文字属于个人", "The same, where its words are somebody's own"},
    {"Text", "text | Withheld", "属于个人的文字", "Words that are somebody's own"},
    {"Withheld", "{ of: id, erased?: true, gone?: true, unreadable?: true, sealed?: base64 }", "不再显示的文字：已抹除、已撤回，或密钥已失", "Words that are not shown any more: erased, taken back, or their key is lost"},
    {"Past", "{ position: count, time: moment, read_only: true }", "所看的历史时刻", "The moment that is looked at"},

    // What a command, and many at once, are answered.
    {"Ack", "{ type: 'ack', id: uuid, position: count, stream: stream, version: count, events: count }", "已执行并已落盘", "It has happened, and is on disk"},
    {"Batch", "{ dry_run?: yes_no, commands: { command: text, target?: text | null, expect?: count | null, data?: { [name]: any } }[] }",
     "1 至 10000 条命令，全部发生或全不发生。“#0”指第 0 条命令所建，可作 target，也可作 data 中的编号", "1 to 10,000 commands: all of them happen, or none. \"#0\" is what the command with that index makes, as a target, or as an id within data"},
    {"BatchDone", "{ type: 'ack', id: uuid, position: count, events: count, commands: count, created: stream[] }", "全部已执行", "All of them have happened"},
    {"BatchTried", "{ type: 'dry_run', id: uuid, ok: yes_no, position?: count, events?: count, commands: count, refused?: Refused[] }", "试运行的结果", "What a dry run has come to"},
    {"Refused", "{ index: count, problem: Problem }", "被拒绝的一条", "One that is refused"},

    // Who one is.
    {"SignedIn", "{ member: id, name: text, expires: moment }", "会话", "A session"},
    {"Me", "Member & { position: count, resets: { by: count, at: moment, reason: text }[] }", "自己，以及未确认的密码重置", "Oneself, and resets of one's password that were not taken note of"},
    {"Session", "{ id: id, created: moment, used: moment, expires: moment, limit: moment, address: text, agent: text, current: yes_no }", "一处登录", "Somewhere that one is logged in"},
    {"Token", "{ id: id, label: text, created: moment, expires: moment, used?: moment }", "访问令牌", "A personal access token"},
    {"NewToken", "Token & { token: text, member: id, device?: text }", "新令牌，只显示这一次", "A new token, shown this once"},
    {"OneTimeLink", "{ member: id, login: text, secret: text, expires: moment, link: text }", "一次性链接，只显示这一次", "A one-time link, shown this once"},

    // Lists.
    {"Page", "{ position: count, as_of?: Past, total?: count, next: text | null }", "一页；next 为下一页的 cursor", "A page; `next` is the `cursor` of the one after it"},
    {"Member", "{ id: id, name: text | null, login?: text | null, external?: text | null, department: text, roles: text[], language: 'zh' | 'en', status: text, version: count }",
     "成员；已抹除者的 name 为 null", "A member; the name of one who was erased is null"},
    {"Channel", "{ id: id, name: text, description: text, visibility: text, archived: yes_no, joined: yes_no, members: count, messages: count, unread: count, version: count, read: count }",
     "频道；joined、unread、read 是读者自己的", "A channel; `joined`, `unread` and `read` are the reader's"},
    {"ChannelInFull", "Channel & { as_of?: Past, people: id[], pins: count[], topics: { name: text, messages: count }[] }", "频道及其成员、置顶与话题", "A channel with its people, pins and topics"},
    {"Message", "{ message: id, author: id, at: moment, text: text | null, erased?: true, gone?: true, unreadable?: true, imported?: { by: id, source: text }, topic: text, edited: yes_no, deleted: yes_no, "
                "pinned: yes_no, reactions: { emoji: text, members: id[] }[], position: count }",
     "消息；已撤回或已抹除者的 text 为 null", "A message; the text of one that was taken back or erased is null"},
    {"InboxItem", "{ kind: 'task', why: text, in_place_of?: count, task: task.row } | { kind: 'channel', why: text, channel: Channel } | "
                  "{ kind: 'flow', why: text, flow: { what: text, id: id, name: text, about?: id, status: text, command: text, clause: text, since: moment, due?: day, late: yes_no, passed_up: yes_no, "
                  "in_place_of: count, commands: text[], change?: any, left_out?: { member: id, why: text }[] } } | "
                  "{ kind: 'notice', why: text, notice: { number: count, what: text, id: id, name: text, happened?: text, position?: count, command?: text, due: day, on: count, late: yes_no } }",
     "待办、未读或通知", "Something that waits for one, is unread, or that one is told"},
    {"Waiting", "{ kind: text, id: id, name: text, about?: id, status: text, command: text, clause: text, since: moment, due?: day, late: yes_no, on: id[], passed_up: yes_no, nobody?: true, working_minutes: count }",
     "正在等待的一步", "A step that waits"},
    {"Hit", "{ kind: text, id: id, message?: count, title: text, author?: id, position: count, at?: moment, excerpt: text }", "搜索结果", "Something that was found"},

    // Data and metrics.
    {"MetricValues", "{ position: count, behind: count, metric: { id: id, code: text, name: Bilingual, unit: text, digits: count, direction: text, version: count }, grain: text, from: day, until: day, by?: text, "
                     "dimensions: text[], targets: { period: text, from: day, until?: day, value?: text, least?: text, most?: text }[], "
                     "items: { period: text, from: day, until: day, member?: text | null, state: 'open' | 'settling' | 'closed', value: text | null, why?: 'zero_denominator' | 'no_data' | 'partial' | 'not_yet', version: count }[] }",
     "指标的数值；没有数值时 why 为原因", "The figures of a metric; where there is none, `why` says so"},
    {"DataSet", "{ set: text, name: text, collection: id, rows: count, from?: day, until?: day, columns: DataColumn[] }", "一个数据集", "A set of rows"},
    {"DataColumn", "{ code: text, name: text, type: text, role: text, nature: text, places: count, key: yes_no, unit?: text }", "数据集的一列", "A column of a set"},
    {"DataProfile", "{ reading: { [text]: any }, columns: { [text]: any }[], rows: count, warnings: Bilingual[] }", "文件的结构，供收集计划填写", "What a file looks like, for a collection plan to be filled in with"},
    {"WeekQuality", "{ week: text, from: day, until: day, completeness: { received: count, expected: count, share?: text }, timeliness: { on_time: count, due: count, share?: text, median_hours?: text, p90_hours?: text }, "
                    "accuracy: { rows: count, faulty: count, share?: text }, deliveries: id[] }",
     "一周的数据质量（S2.3.5）", "How good the data of a week are (S2.3.5)"},

    // Documents.
    {"Row", "{ id: id, status: text, since: moment, step_due?: day, late?: yes_no, waits?: { command: text, on: id[], passed_up: yes_no, nobody?: true }[], created_at: moment, created_by: count, "
            "changed_at: moment, version: count }",
     "列表中每一行都有的", "What each row of a list has"},
    {"Dossier", "{ position: count, id: id, status: text, version: count, created_at: moment, created_by: count, changed_at: moment, flow_version: count, as_of?: Past, actions: Action[], waits: Wait[], steps: Step[] }",
     "每一份档案都有的", "What each dossier has"},
    {"Action", "{ command: text, clause: text, allowed: yes_no, problem?: Problem, whose_turn?: id[], passed_up?: true }", "一条命令，现在能否下达；不能时为何", "A command, whether one may give it now, and why not"},
    {"Wait", "{ command: text, clause: text, on: id[], passed_up?: true, nobody?: true }", "所等待的一步，等谁", "A step that it waits for, and on whom"},
    {"Step", "{ status: text, since: moment, until?: moment, by: count, working_minutes: count, limit_days?: count, due?: day, late: yes_no }", "经过的一步，及其工作时间", "A step that it went through, and its working time"},
    {"TaskRow", "{ id: id, title: text, content: text, standard: text, by: count, priority: text, checklist: text[], status: text, overdue: yes_no, blocked_on?: id, reason?: text, result?: text, milestone?: count, action?: count, "
                "assigned_at: moment, changed_at: moment, version: count }",
     "任务；overdue 由完成时限得出", "A task; `overdue` follows from its due date"},
    {"TaskInFull", "{ as_of?: Past, actions: Action[], waits: Wait[], steps: Step[] }", "任务及其记录", "A task with its history"},
    {"Evidence", "{ indicator: text, at: count, by: count, removed: yes_no, event?: Event }", "考评依据", "Evidence, with its event where one may see it"},
    {"Ballots", "{ position: count, as_of?: Past, election: id, key: text, nominees: any[], counted: yes_no, totals?: any[], invalid?: count, proof?: text, ballots?: { voter: id, ballot: text }[] }",
     "核验计票所需的全部", "All that it takes to check the count"},
    {"FlowRow", "{ command: text, in: text[], may: text[], never: text[], roles?: text[], next?: text, when?: text, awaited: yes_no, clause: text }", "流程的一行", "A row of a flow"},
    {"FlowInShort", "{ name: text, statuses: text[], rows: count, version: count }", "一个流程", "A flow"},
    {"Flow", "{ position: count, as_of?: Past, name: text, statuses: text[], relations: text[], rows: FlowRow[], limits: { [status]: count }, "
             "versions: { version: count, rows: any[], limits: { [status]: count } }[], proposals: any[] }",
     "流程的各行、各版本与待确认的修改", "A flow's rows, its versions, and changes that wait to be confirmed"},
    {"StepTimes", "{ status: text, ended: count, going_on: count, late: count, median_working_minutes?: count, p90_working_minutes?: count, most_working_minutes?: count }", "某一状态的用时", "How long a status takes"},
    {"Form", "{ name: text, zh: text, en: text, version: count, fields: { name: text, label: Bilingual, required: yes_no }[] }", "表单及其附加字段", "A form, and the fields that were added to it"},
    {"Org", "{ position: count, as_of?: Past, version: count, utc_offset_minutes: number, departments: any[], roles: any[], settings: { [name]: any }, settings_number: count, "
            "superiors: { member: id, superior: count, acts_for: any[] }[] }",
     "部门、角色、上级与设置", "Departments, roles, superiors and settings"},
    {"Calendar", "{ position: count, as_of?: Past, year: number, today: day, working_today: yes_no, published: yes_no, source?: text, off?: any[], work?: any[], off_by_law?: any[], working_days: count }",
     "一年的放假与调休", "A year's holidays and make-up days"},
    {"Change", "{ member: id, name: text | null, number: count, change: any, by: count, since: moment, on: id[] }", "待第二人确认的变动", "A change that waits for a second person"},
    {"Schema", "{ position: count, as_of?: Past, kinds: { name: text, [more]: any }[] }", "各类文档的说明", "What kinds of documents are"},

    // Files, the log, backups.
    {"Upload", "{ have: count, complete: yes_no }", "已收到的字节数", "How much of it is there"},
    {"HiddenEvent", "{ position: id, stream: stream, version: count, type: text, time: moment, actor: count, in_place_of?: id, clause: text, hidden: true }", "读者无权阅读内容的事件", "An event that its reader may not read: only that it happened"},
    {"LogEntry", "{ event: Event, stored?: text, leaf: hash }", "一个事件及其叶哈希；stored 为所存的字节", "An event and its leaf's hash; `stored` are the bytes as kept"},
    {"Proof", "{ size: count, hashes: base64[] }", "默克尔证明（RFC 9162）", "A Merkle proof (RFC 9162)"},
    {"LogProgress", "{ done: count, of: count }", "进度", "How far it is"},
    {"LogVerified", "{ ok: true, events: count, root: base64, checkpoints: count, deliveries?: count, rows?: count } | { ok: false, events?: count, position?: count, root?: base64, problem: Problem, files?: text[], deliveries?: id[] } | { problem: Problem }",
     "验证的结果", "What verifying has found"},
    {"Backup", "{ number: id, made: moment, position: count, time: moment, bytes: count, blobs: count, people: count, history: text, root: text, folder: text, keys: text, version: text }", "一个备份", "A backup"},
    {"Backups", "{ folder: text, items: Backup[], next: null }", "目录中的备份", "The backups in a folder"},
    {"KeyHolders", "{ member: id, holding: { folder: text, keys: text, numbers: count[], reachable: yes_no }[] }", "仍保有此人密钥的备份", "The backups that still hold somebody's key"},
    {"BackupProgress", "{ part: text, done: count }", "进度", "How far it is"},
    {"BackupMade", "{ ok: true, backup: Backup, keys_destroyed: id[], damaged: hash[] } | { ok: false, problem: Problem }", "备份的结果", "What became of it"},
    {"BackupVerified", "{ ok: true, number: id, events: count, files: count } | { ok: false, problem: Problem, wrong?: text[] }", "验证的结果", "What verifying has found"},
    {"Ready", "{ status: text, done?: count, of?: count, clock?: text, read_only?: true, search?: { position: count, behind: count } }", "是否可以提供服务", "Whether it can serve"},
    {"Problem", "{ type: text, title: text, status: 400..599, code: text, clause?: text, retry_after?: count, detail: text, zh: text, en: text, "
                "errors?: { pointer: text, detail: text, zh: text, en: text }[], present?: count, refused?: Refused[] }",
     "拒绝的原因（RFC 9457）：code 供程序判断，detail 为读者语言的说明，clause 为制度条款", "Why something is refused (RFC 9457): `code` for programs, `detail` in the reader's language, `clause` of the rule book"},
};

}  // namespace

std::span<const named_shape> answers() { return all; }

}  // namespace server::openapi
