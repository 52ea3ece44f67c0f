#pragma once
// What the engine itself refuses, before any rule is asked.

#include "core/kernel/refusal.hpp"

namespace server::engine {

inline constexpr core::refusal stale_version{
    "stale_version", "S1.3.1", "内容已被他人更新：请按当前版本（present）重新查看后再提交。",
    "It has changed since you looked: read it again at its present version, then decide whether to send this again."};

inline constexpr core::refusal command_id_reused{
    "command_id_reused", "S1.3.1", "该命令编号已用于另一条内容不同的命令：请为新命令使用新的编号。",
    "This command id was already used for a command with other content: give a new command a new id."};

inline constexpr core::refusal not_found{"not_found", "S1.3.1", "没有此对象，或您无权查看：请检查编号。",
                                         "There is no such thing, or you may not see it: check its number.", core::obstacle::missing};

inline constexpr core::refusal wrong_target{"wrong_target", "S1.3.1", "命令的对象（target）与命令不符：新建命令不带对象，其余命令须写明对象，例如 \"task/17\"。",
                                            "The target does not fit the command: one that creates has none, any other names one of its kind, such as \"task/17\".",
    core::obstacle::field};

}  // namespace server::engine
