#include "events/proof/checkpoint.hpp"

#include "events/bytes/base64.hpp"
#include "events/bytes/durable_file.hpp"
#include "events/ending/ending.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace events::proof {
namespace {

/// Takes the next line, without its end, off `text`. Nothing where it is empty or not ended.
std::optional<std::string_view> take_line(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == text.npos || end == 0) return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<std::uint64_t> parse_size(std::string_view digits) {
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
    return size;
}

}  // namespace

std::string to_text(const checkpoint& c) {
    const std::string_view root(reinterpret_cast<const char*>(c.root.data()), c.root.size());
    return c.origin + '\n' + std::to_string(c.size) + '\n' + bytes::to_base64(root) + '\n';
}

boost::system::result<checkpoint> parse_checkpoint(std::string_view text) {
    const auto origin = take_line(text);
    const auto digits = origin ? take_line(text) : std::nullopt;
    const auto root = digits ? take_line(text) : std::nullopt;
    if (!root) return note_error::bad_checkpoint;
    const auto size = parse_size(*digits);
    const auto bytes = bytes::from_base64(*root);
    if (!size || !bytes || bytes->size() != sizeof(hash)) return note_error::bad_checkpoint;
    while (!text.empty())
        if (!take_line(text)) return note_error::bad_checkpoint;
    checkpoint c{std::string(*origin), *size, {}};
    std::copy(bytes->begin(), bytes->end(), c.root.begin());
    return c;
}

std::string sign_checkpoint(std::uint64_t size, const hash& root, const note_signer& by) {
    return by.sign(to_text({by.verifier().name(), size, root}));
}

boost::system::result<checkpoint> verify_checkpoint(std::string_view note, const note_verifier& by) {
    const auto text = by.verify(note);
    if (!text) return text.error();
    auto found = parse_checkpoint(*text);
    if (found && found->origin != by.name()) return note_error::bad_checkpoint;
    return found;
}

note_signer open_signing_key(const std::filesystem::path& file, std::string_view origin) {
    constexpr std::size_t most = 4096;
    if (auto text = bytes::read_file(file, most)) {
        if (text->ends_with('\n')) text->pop_back();
        auto signer = note_signer::parse(*text);
        if (!signer)
            throw cannot_go_on(ending::damaged, {"日志的签名密钥 " + file.string() +
                                                     " 已损坏：请从备份恢复，或移走它以改用新密钥（届时须把新的公钥告知验证检查点的人）",
                                                 "the log's signing key " + file.string() +
                                                     " is damaged: bring it back from a backup, or move it away to sign on with a new "
                                                     "key, which whoever checks the log's checkpoints then has to be given"});
        return *signer;
    }
    auto signer = note_signer::make(std::string(origin));
    bytes::write_file(file, signer.secret_text() + '\n');
    return signer;
}

}  // namespace events::proof
