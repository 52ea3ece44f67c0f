// What a person is told when the rules of collection plans say no.

#include "core/collection/collection.hpp"

namespace core {
namespace {

using r = collection_rejection;
using enum obstacle;

constexpr auto table = refusal_table<collection_rejection>({
    {r::not_found, missing, "S4.1.2", "没有这份收集计划。请核对编号。", "There is no such collection plan. Check its number."},
    {r::already_exists, status, "S4.1.2", "收集计划已存在。请另行起草。", "This collection plan already exists. Draft another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_drafter, who, "S4.1.2", "收集计划由数据分析员或运营经理起草。请联系他们。", "A data analyst or the operations manager drafts collection plans. Ask one of them."},
    {r::not_author, who, "S4.1.2", "仅起草人或运营经理可办理。请联系他们。", "This is for whoever drafted it, or the operations manager. Ask one of them."},
    {r::not_manager, who, "S4.1.2", "由所属部门的运营经理决定。请联系其本人。", "The operations manager of its department decides on that. Ask them."},
    {r::not_keeper, who, "S4.1.2", "由计划负责人或所属部门的运营经理办理。请联系他们。", "This is for the plan's owner, or the operations manager of its department. Ask one of them."},
    {r::own_plan, who, "D1", "不能决定自己起草或提交的收集计划，代理他人时也不能：由其他运营经理或上级领导办理；当前处理人见「流程跟踪」。",
     "Nobody decides on a collection plan that they drafted or submitted, nor on behalf of somebody else: another operations manager or a superior leader does. Process tracking shows who."},
    {r::closed, status, "S4.1.2", "计划已停用、被取代或作废，不能再变动。请起草新的计划。", "It was retired, superseded or discarded and can no longer be changed. Draft a new one."},
    {r::not_draft, status, "S4.1.2", "只有草稿可以修改或提交。已提交的请先退回；已启用的请起草新版本。", "Only a draft can be revised or submitted. What was submitted is returned first; to what is active a new version is drafted."},
    {r::not_submitted, status, "S4.1.2", "只有已提交的计划可以启用或退回。请先提交。", "Only what was submitted can be activated or returned. Submit it first."},
    {r::not_unactivated, status, "S4.1.2", "计划已启用，不能作废。不再需要时请停用。", "It is active already and can't be discarded. Retire it where it is needed no more."},
    {r::not_active, status, "S4.1.2", "计划未在收集中，无需暂停。", "The plan is not active, so there is nothing to pause."},
    {r::not_paused, status, "S4.1.2", "计划没有暂停，无需恢复。", "The plan is not paused, so there is nothing to resume."},
    {r::not_in_force, status, "S4.1.2", "计划尚未启用。草稿可以作废。", "The plan is not in force yet. A draft can be discarded."},
    {r::other_form, field, "S4.1.2", "您看到的内容不是现在的这一份。请重新查看后再启用。", "What you read is not what stands there now. Read it again, then activate it.", "sha256"},
    {r::not_current, status, "S4.1.2", "要取代的版本已不再有效。请退回，改为取代现行版本。", "The version that it is to replace is no longer in force. Return it, so that it replaces the one that is."},
    {r::source_not_connected, status, "S4.1.2", "数据渠道尚未接通。请先由渠道负责人接通，再启用计划。", "The data source is not connected. Have its owner connect it, then activate the plan."},
    {r::set_in_use, status, "S4.1.2", "这个数据集已由另一份计划提供。请退回，改换数据集代码或改为取代那份计划。",
     "Another plan in force fills this set. Return it, so that it gets another set or replaces that plan."},
    {r::no_such_source, field, "S4.1.2", "没有这个数据渠道，或已停用。请核对编号，或先登记渠道。", "There is no such data source, or it is retired. Check its number, or register the source first.", "source"},
    {r::bad_holds, field, "S2.3.1", "该渠道登记的数据类别不含此项。请选择渠道已有的类别，或先更改渠道登记。",
     "The source is not registered as holding such data. Choose what it holds, or change its registration first.", "holds"},
    {r::bad_set, field, "S4.1.2", "数据集代码须以小写字母开头，只含小写字母、数字和下划线，不超过 63 个字符；不能是 figures，也不能以 set_ 开头。",
     "The code of a set begins with a lower-case letter and has only those, digits and underscores, 63 at most. It is not figures, and does not begin with set_.", "set"},
    {r::set_taken, field, "S4.1.2", "这个数据集已由另一份在用的计划提供。请换一个代码，或填写要取代的版本。",
     "Another plan in force fills this set. Choose another code, or say that this one replaces it.", "set"},
    {r::bad_place, field, "S4.1.2", "位置须与获取方式相符：监视文件夹填其下的文件名模式（不含 ..），网址拉取填 http(s) 地址，SQL 查询填连接名，上传文件不填。",
     "The place has to fit the way: a pattern below the watched folder (without ..), an http(s) address, or the name of a connection; none where files are uploaded.", "place"},
    {r::bad_query, field, "S4.1.2", "以 SQL 查询获取的须填写查询语句，其他方式不填。", "Give a query where data comes by one, and none otherwise.", "query"},
    {r::bad_reading, field, "S4.1.2", "以 SQL 查询获取的结果写成 CSV：文件格式请选 CSV、UTF-8、逗号，不跳过行。", "What comes of a query is written as CSV: choose CSV, UTF-8 and commas, and skip no lines.", "reading"},
    {r::bad_sheet, field, "S4.1.2", "只有 XLSX 文件可指定工作表。请改选 XLSX 或清空此项。", "Only an XLSX file has sheets. Choose XLSX, or leave this empty.", "sheet"},
    {r::bad_column_code, field, "S4.1.2", "每列的代码须以小写字母开头，只含小写字母、数字和下划线，不超过 63 个字符。",
     "The code of each column begins with a lower-case letter and has only those, digits and underscores, 63 at most.", "columns"},
    {r::column_twice, field, "S4.1.2", "列名和代码都不得重复。请改名或删去重复的列。", "Neither headings nor codes may be there twice. Rename one, or leave it out.", "columns"},
    {r::no_day_column, field, "S4.1.2", "须有且只有一列的用途为「数据日期」，其类型为日期或日期和时间。请补充或更正。",
     "Exactly one column has the role “day of the data”, and its type is a day, or a day and time. Add or correct it.", "columns"},
    {r::bad_places, field, "S4.1.2", "只有小数和百分比可以有小数位数。其他类型请填 0。", "Only decimals and percentages have decimal places. Give 0 for other types.", "columns"},
    {r::kept_personal, field, "S4.1.2", "个人信息不能原样保留。请选择只保留散列值，或不保留。", "Personal data is never kept as it is. Keep a hash of it, or drop it.", "columns"},
    {r::unread_key, field, "S4.1.2", "不读取或不保留的列不能属于键，也不能是数据日期。请保留散列值，或改换键。",
     "A column that is not read or not kept can be neither part of the key nor the day of the data. Keep a hash of it, or choose another key.", "columns"},
    {r::bad_values, field, "S4.1.2", "允许的取值不得重复，且只用于非数值的列；数值请填写上下限。", "Values there can be are given once each, and not for numbers: give those limits.", "columns"},
    {r::bad_limits, field, "S4.1.2", "上下限须为数字，整数部分不超过 12 位，小数不超过 6 位，且只用于数值列。",
     "Limits are numbers of at most 12 digits before the point and 6 after it, and only columns of numbers have them.", "columns"},
    {r::limits_out_of_order, field, "S4.1.2", "须满足：绝对下限 ≤ 常见下限 ≤ 常见上限 ≤ 绝对上限。请更正。", "Hard least ≤ usual least ≤ usual most ≤ hard most has to hold. Correct them.", "columns"},
    {r::check_twice, field, "S2.3.5", "同一检查项只能列一次。请删去重复的。", "Each check is listed once. Leave out the second.", "checks"},
    {r::bad_against, field, "S2.3.5", "引用和对账检查须填写另一数据集的代码，其他检查不填。", "Checks of references and reconciliation name the code of another set, other checks none.", "checks"},
    {r::bad_weekday, field, "S4.1.2", "每周的计划须指定星期几到期，其他频率不填。", "A weekly plan says on which weekday it is due, others do not.", "weekday"},
    {r::bad_day_of_month, field, "S4.1.2", "每月的计划须指定几号到期，其他频率不填。", "A monthly plan says on which day of the month it is due, others do not.", "day_of_month"},
    {r::bad_replaces, field, "S4.1.2", "只能取代同一数据集的在用计划。请核对编号和数据集代码。", "It can only replace a plan in force of the same set. Check its number, and the code of the set.", "replaces"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
});

}  // namespace

refusal collection::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
