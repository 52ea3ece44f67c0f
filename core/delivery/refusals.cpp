// What a person is told when the rules of deliveries say no.

#include "core/delivery/delivery.hpp"

namespace core {
namespace {

using r = delivery_rejection;
using enum obstacle;

constexpr auto table = refusal_table<delivery_rejection>({
    {r::not_found, missing, "S4.1.2", "没有这次交付。请核对编号。", "There is no such delivery. Check its number."},
    {r::already_exists, status, "S4.1.2", "这次交付已存在。请另行交付。", "This delivery is there already. Deliver another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_receiver, who, "S4.1.2", "由收集计划的负责人或所属部门的数据分析员交付。请联系他们。", "The plan's owner or a data analyst of its department delivers the data. Ask one of them."},
    {r::not_owner, who, "S4.1.2", "由这次交付的负责人说明。请联系其本人。", "This is for the owner of the delivery to explain. Ask them."},
    {r::not_keeper, who, "S4.1.2", "由这次交付的负责人或所属部门的运营经理办理。请联系他们。", "This is for the owner of the delivery, or the operations manager of its department. Ask one of them."},
    {r::own_delivery, who, "D1", "不能解除自己所交付数据的隔离，代理他人时也不能：由负责人、其上级或运营经理办理；当前处理人见「流程跟踪」。",
     "Nobody releases what they delivered themselves, nor on behalf of somebody else: its owner, their superior or the operations manager does. Process tracking shows who."},
    {r::closed, status, "S4.1.2", "这次交付已更正或不再等待，不能再变动。需要时请另行交付。", "It was corrected or is not waited for any more, and can no longer be changed. Deliver anew where that is needed."},
    {r::not_awaited, status, "S4.1.2", "文件已收到，不再等待。要更改，请另行交付更正。", "Its file is there, so nothing is waited for. Deliver a correction to change it."},
    {r::not_yet, status, "S4.1.2", "宽限尚未结束。请等到期后再试。", "Its grace is not over yet. Wait until it is."},
    {r::not_received, status, "S4.1.3", "没有待检查的文件。请先提交文件。", "There is no file to be checked. Deliver one first."},
    {r::not_quarantined, status, "S2.3.5", "这次交付没有被隔离，无需处理。", "It is not in quarantine, so there is nothing to decide."},
    {r::not_loaded, status, "S4.1.3", "这次交付尚未检查完，不能被取代。请等待检查。", "It has not been checked yet and can't be replaced. Wait for the checks."},
    {r::no_such_plan, field, "S4.1.2", "没有这份收集计划，或它未在收集中。请核对编号，或先启用计划。", "There is no such collection plan that is in force. Check its number, or have it activated first.", "collection"},
    {r::bad_period, field, "S4.1.2", "起止日期须先后有序，且早于今天：当天的数据次日才完整。请更正。", "The days have to be in order and before today: a day's data is whole on the next. Correct them.", "until"},
    {r::already_expected, field, "S4.1.2", "这一期的交付已在。请在该交付上办理。", "There is a delivery of these days already. Use that one.", "from"},
    {r::is_awaited, field, "S4.1.2", "这一期正在等待交付。请在该交付上提交文件。", "A delivery of these days is expected. Deliver the file there.", "from"},
    {r::covered, field, "S4.1.3", "这些日期的数据已经交付。要更正，请注明所更正的交付；正在检查或隔离的，请先处理。",
     "Data of these days was delivered already. To correct it, name the delivery that this one corrects; what is being checked or in quarantine is dealt with first.", "from"},
    {r::bad_files, field, "S4.1.2", "须有且只有一个已上传的文件，且不超过上限。请先上传。", "There has to be exactly one file, uploaded and within the limit. Upload it first.", "files"},
    {r::bad_replaces, field, "S4.1.3", "只能更正同一计划、同一期且已检查的交付，每次交付只更正一次。请核对编号。",
     "A correction is of a delivery by the same plan, of the same days, that has been checked and not been corrected yet. Check its number.", "replaces"},
    {r::bad_check, field, "S4.1.3", "检查结果的行数不相符：可用与不可用之和不得超过总行数。请重新检查。", "The rows of the checks don't add up: good and rejected ones are at most all of them. Check it again.", "rows"},
    {r::personal_value, field, "S4.1.3", "个人信息列的取值不得写入检查结果。请去掉取值后重试。", "Values of personal columns are not written into the checks. Leave them out, and try again.", "faults"},
});

}  // namespace

refusal delivery::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
