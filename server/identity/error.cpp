#include "server/identity/error.hpp"

#include <string>

namespace server::identity {
namespace {

class identity_category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "identity"; }
    std::string message(int value) const override { return std::string(explain(static_cast<error>(value)).en); }
};

}  // namespace

const boost::system::error_category& category() {
    static const identity_category only;
    return only;
}

core::refusal explain(error e) {
    constexpr std::string_view attributable = "S1.3.1";  // every action is a person's
    switch (e) {
        case error::bad_credentials:
            return {"bad_credentials", attributable, "登录名或密码不正确。", "The login or the password is not right."};
        case error::throttled:
            return {"throttled", attributable, "失败次数过多，请稍后再试。", "Too many failed attempts. Wait a while and try again."};
        case error::busy:
            return {"busy", "", "正在登录的人太多，请稍后再试。", "Too many people are signing in just now. Try again in a moment."};
        case error::expired:
            return {"token_expired", attributable, "会话或令牌已过期，请重新登录或申请新的令牌。",
                    "The session or token has expired. Log in again, or issue a new token."};
        case error::unknown:
            return {"unauthenticated", attributable, "会话或令牌无效，请先登录。", "No such session or token. Log in first."};
        case error::bad_login:
            return {"bad_login", "", "登录名须为 1–64 字节，不含空格和控制字符。",
                    "A login is 1 to 64 bytes of UTF-8, without spaces and control characters."};
        case error::login_taken:
            return {"login_taken", "", "登录名已被他人使用，请换一个。", "Somebody else has this login. Choose another."};
        case error::bad_password:
            return {"bad_password", "", "密码过短或过长（默认 8–256 字节），请换一个。",
                    "The password is too short or too long (8 to 256 bytes unless configured otherwise). Choose another."};
        case error::common_password:
            return {"common_password", "", "这个密码太容易被猜到（常见密码、空白、数字串，或自己的登录名与姓名）。请换一个，例如几个互不相关的词。",
                    "This password is among the first to be guessed: a common one, blanks, digits in a row, or your own login or name. Choose "
                    "another, a few unrelated words for example."};
        case error::bad_link:
            return {"bad_link", attributable, "此一次性链接已用过、已被新链接取代或已过期。请向系统管理员再要一个。",
                    "This one-time link was used, replaced by a newer one, or has expired. Ask a system administrator for another."};
        case error::bad_label: return {"bad_label", "", "令牌名称须为 1–100 字节。", "A token's label is 1 to 100 bytes of UTF-8."};
        case error::bad_lifetime:
            return {"bad_lifetime", "", "令牌有效期须为 1 天到允许的最长天数（默认 90 天）。",
                    "A token lasts from 1 day to the longest allowed (90 unless configured otherwise)."};
        case error::too_many_tokens:
            return {"too_many_tokens", "", "令牌数量已达上限，请先撤销不用的令牌。",
                    "You have as many tokens as are allowed. Revoke one first."};
        case error::no_account:
            return {"no_account", attributable, "该成员没有登录账号。请系统管理员发一个一次性链接。",
                    "This member can't sign in yet. A system administrator gives them a one-time link."};
        case error::locked:
            return {"identity_locked", "", "账号文件正被另一个 opsroomd 使用，请先停止它。",
                    "The accounts file is in use by another opsroomd. Stop that one first."};
        case error::damaged:
            return {"identity_damaged", "", "账号文件已损坏：请从备份恢复；没有备份时移走它，再用 opsroomd recover-admin 重设管理员的密码。",
                    "The accounts file is damaged: bring it back from a backup; without one move it away, and let an administrator in with opsroomd recover-admin."};
        case error::not_ours:
            return {"identity_not_ours", "", "该文件不是 opsroom 的账号文件：请检查数据目录；确是此处的文件时，从备份恢复，或移走它，再用 opsroomd recover-admin 重设管理员的密码。",
                    "This is not an accounts file of opsroom. Check the data folder; where it is the right one bring the file back from a backup, or move it away and let an administrator in with "
                    "opsroomd recover-admin."};
        case error::newer_version:
            return {"identity_newer_version", "", "账号文件由更新版本的 opsroom 写入，请升级后再启动。",
                    "The accounts file was written by a newer opsroom. Upgrade, then start again."};
        case error::io_failed:
            return {"identity_io_failed", "", "账号文件无法读写，请检查磁盘空间和权限。",
                    "The accounts file can't be read or written. Check disk space and permissions."};
        case error::no_room:
            return {"disk_full", "", "服务器磁盘空间不足，未能保存：请稍后重试；管理员请释放磁盘空间。",
                    "The server's disk is full, so this was not kept. Try again later; an administrator has to make room on it."};
    }
    return {"identity", "", "未知的账号错误。", "Unknown identity error."};
}

}  // namespace server::identity
