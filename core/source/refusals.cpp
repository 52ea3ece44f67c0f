// What a person is told when the rules of data sources say no.

#include "core/source/source.hpp"

namespace core {
namespace {

using r = source_rejection;
using enum obstacle;

constexpr auto table = refusal_table<source_rejection>({
    {r::not_found, missing, "S4.1.1", "没有这个数据渠道。请核对编号。", "There is no such data source. Check its number."},
    {r::already_exists, status, "S4.1.1", "数据渠道已登记。请另行登记。", "This data source is registered already. Register another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_registrar, who, "S4.1.1", "由数据分析员或运营经理登记。请联系他们。", "A data analyst or the operations manager registers data sources. Ask one of them."},
    {r::not_keeper, who, "S4.1.1", "由渠道负责人或本部门的数据分析员办理。请联系他们。", "This is for the source's owner, or a data analyst of its department. Ask one of them."},
    {r::not_manager, who, "S4.1.1", "由该部门的运营经理决定。请联系其本人。", "The operations manager of its department decides on that. Ask them."},
    {r::closed, status, "S4.1.1", "数据渠道已停用，不能再变动。需要时请另行登记。", "The data source is retired. Register another if there is one again."},
    {r::connected_already, status, "S4.1.1", "数据渠道已接通。", "The data source is connected already."},
    {r::not_connected, status, "S4.1.1", "数据渠道尚未接通。", "The data source is not connected."},
    {r::name_taken, field, "S4.1.1", "本部门已有同名且在用的数据渠道。请换一个名称，或更改原有的登记。",
     "The department has a data source of that name in use. Choose another name, or change that one.", "name"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
});

}  // namespace

refusal source::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
