#pragma once
// What the engine itself refuses, before any rule is asked.

#include "core/kernel/refusal.hpp"

#include <exception>

namespace server::engine {

inline constexpr core::refusal stale_version{
    "stale_version", "S1.3.1", "内容已被他人更新：请按当前版本（present）重新查看后再提交。",
    "It has changed since you looked: read it again at its present version, then decide whether to send this again."};

/// Nobody's fault, and not for long.
inline constexpr core::refusal busy{"busy", "", "服务器繁忙：请稍候再试。", "The server is busy: try again in a moment."};

inline constexpr core::refusal command_id_reused{
    "command_id_reused", "S1.3.1", "该命令编号已用于另一条内容不同的命令：请为新命令使用新的编号。",
    "This command id was already used for a command with other content: give a new command a new id."};

inline constexpr core::refusal not_found{"not_found", "S1.3.1", "没有此对象，或您无权查看：请检查编号。",
                                         "There is no such thing, or you may not see it: check its number.", core::obstacle::missing};

inline constexpr core::refusal wrong_target{"wrong_target", "S1.3.1", "命令的对象（target）与命令不符：新建命令不带对象，其余命令须写明对象，例如 \"task/17\"。",
                                            "The target does not fit the command: one that creates has none, any other names one of its kind, such as \"task/17\".",
    core::obstacle::field};

inline constexpr core::refusal unreadable_part{"unreadable_part", "S1.3.1", "此命令的内容有误：请按所列改正。",
                                               "This command can't be read: correct what is named.", core::obstacle::field, ""};

inline constexpr core::refusal bad_reference{"bad_reference", "S1.3.1", "所引用的 #n 须为同一事务中在前、已通过且新建同类对象的命令（从 0 计）：请先改正那一条或编号。",
                                             "A reference #n has to be to an earlier command of the same transaction (counted from 0) that passes and creates such a thing: correct that command, or the number.",
                                             core::obstacle::status};

inline constexpr core::refusal transaction_too_large{"transaction_too_large", "S1.3.1", "事务产生的事件过多：请分成几个事务提交。",
                                                     "This transaction makes too much happen at once: send it as several.", core::obstacle::status};

// What the machine can't do, whoever asks.

inline constexpr core::refusal disk_full{
    "disk_full", "", "服务器磁盘空间不足，暂时只能查看：内容未保存，请稍后重发同一命令；管理员请释放磁盘空间，之后自动恢复。",
    "The server's disk is full, and until there is room it can only be read: this was not kept. Send the same command again later; an administrator has to make room on the disk, and then it goes on by itself."};

inline constexpr core::refusal key_lost{
    "key_lost", "", "此内容涉及的人员的密钥丢失、损坏或无法读取，无法保存：请管理员从备份恢复 keys/people 或修正权限后重启（服务器日志写明是哪个文件）。",
    "The key of a person whom this is about is lost, damaged or can't be read, so it can't be kept: an administrator has to bring keys/people back from a backup, or mend its permissions, and start again (the server's log names the file)."};

inline constexpr core::refusal unreadable{
    "unreadable", "", "服务器无法读取所需的记录：请稍后重试；若持续出现，请管理员查看服务器日志并从备份恢复。",
    "The server can't read a record that this needs: try again; where it stays so, an administrator has to look at the server's log and restore from a backup."};

inline constexpr core::refusal short_of_means{
    "short_of_means", "", "服务器此刻缺少内存或文件描述符：请稍后重试；若持续出现，请管理员为服务器增加内存。",
    "The server is short of memory or descriptors just now: try again in a moment; where it stays so, an administrator has to give it more memory."};

inline constexpr core::refusal being_mended{
    "being_mended", "", "日志索引已损坏，正在从日志重建，此内容暂时无法提供：请稍后重试，不会丢失任何内容。",
    "The log's index was damaged and is being made anew from the log, and this needs it: try again in a moment; nothing is lost."};

/// What is told of a failure to whoever asked for what it was met at.
core::refusal refusal_of(const std::exception& failed);

}  // namespace server::engine
