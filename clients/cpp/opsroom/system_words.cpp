#include "opsroom/system_words.hpp"

#include <cerrno>
#include <cstring>

namespace opsroom {
namespace {

struct known {
    int error;
    text words;
};

constexpr known all[] = {
    {ENOSPC, {"磁盘已满", "No space left on device"}},
    {EDQUOT, {"超出磁盘配额", "Disk quota exceeded"}},
    {EIO, {"读写出错", "Input/output error"}},
    {EPIPE, {"接收方已关闭", "Broken pipe"}},
    {EACCES, {"没有权限", "Permission denied"}},
    {EPERM, {"不允许", "Operation not permitted"}},
    {ENOENT, {"没有这个文件或目录", "No such file or directory"}},
    {ENOTDIR, {"不是目录", "Not a directory"}},
    {EISDIR, {"是目录", "Is a directory"}},
    {EROFS, {"文件系统是只读的", "Read-only file system"}},
    {EEXIST, {"已经存在", "File exists"}},
    {ELOOP, {"符号链接过多", "Too many levels of symbolic links"}},
    {ENAMETOOLONG, {"名称太长", "File name too long"}},
    {EFBIG, {"文件太大", "File too large"}},
    {EMFILE, {"打开的文件太多", "Too many open files"}},
    {ECONNREFUSED, {"连接被拒绝", "Connection refused"}},
    {ECONNRESET, {"连接被对方中断", "Connection reset by peer"}},
    {ECONNABORTED, {"连接中断", "Connection aborted"}},
    {ETIMEDOUT, {"超时", "Connection timed out"}},
    {EHOSTUNREACH, {"到不了这台主机", "No route to host"}},
    {ENETUNREACH, {"到不了这个网络", "Network is unreachable"}},
    {ENETDOWN, {"网络不可用", "Network is down"}},
    {EADDRNOTAVAIL, {"地址不可用", "Cannot assign requested address"}},
};

}  // namespace

std::string in_words(int error, language l) {
    for (const auto& each : all)
        if (each.error == error) return std::string(each.words.in(l));
    return l == language::zh ? "系统错误 " + std::to_string(error) : std::string(std::strerror(error));
}

}  // namespace opsroom
