#include "server/blobs/sealed_content.hpp"

#include <fcntl.h>

#include <algorithm>

namespace server::blobs {
namespace {

constexpr std::string_view mark = "opsroom sealed 1";
constexpr auto seal_bytes = events::piece_cipher::seal_bytes;
constexpr std::uint64_t head_bytes = mark.size() + sizeof(content_id);
constexpr std::uint64_t sealed_bytes = sealed_content::piece_bytes + seal_bytes;  ///< of a whole piece
constexpr std::size_t written_at_once = 1u << 20;

std::uint64_t place_of(std::uint64_t piece) { return head_bytes + piece * sealed_bytes; }

}  // namespace

void sealed_content::begin(const std::filesystem::path& path, const content_id& id) {
    std::string head(mark);
    head.append(id.data(), id.size());
    file(path, O_WRONLY | O_CREAT | O_TRUNC).write_at(head, 0);
}

std::optional<content_id> sealed_content::id_of(const std::filesystem::path& path) {
    const auto head = file(path, O_RDONLY).read_at(0, head_bytes);
    if (head.size() != head_bytes || !head.starts_with(mark)) return std::nullopt;
    content_id id;
    std::copy(head.begin() + mark.size(), head.end(), id.begin());
    return id;
}

std::uint64_t sealed_content::bytes_on_disk(std::uint64_t bytes) {
    const auto pieces = (bytes + piece_bytes - 1) / piece_bytes;
    return head_bytes + bytes + pieces * seal_bytes;
}

std::uint64_t sealed_content::bytes() const {
    const auto all = file_.size();
    if (all <= head_bytes) return 0;
    const auto rest = (all - head_bytes) % sealed_bytes;
    return (all - head_bytes) / sealed_bytes * piece_bytes + (rest > seal_bytes ? rest - seal_bytes : 0);
}

std::string sealed_content::read(std::uint64_t offset, std::size_t most) const {
    const auto first = offset / piece_bytes, end = (offset + most + piece_bytes - 1) / piece_bytes;
    const auto sealed = file_.read_at(place_of(first), static_cast<std::size_t>((end - first) * sealed_bytes));
    std::string clear(sealed.size(), '\0');
    std::size_t have = 0;
    auto number = first;
    for (std::string_view rest = sealed; !rest.empty(); ++number) {
        const auto piece = rest.substr(0, sealed_bytes);
        rest.remove_prefix(piece.size());
        if (piece.size() <= seal_bytes || !cipher_.open(piece.substr(seal_bytes), number, piece.data(), clear.data() + have))
            throw damaged("piece " + std::to_string(number) + " of it is damaged");
        have += piece.size() - seal_bytes;
    }
    const auto skipped = std::min<std::size_t>(static_cast<std::size_t>(offset - first * piece_bytes), have);
    clear.resize(std::min(have, skipped + most));
    if (skipped > 0) clear.erase(0, skipped);
    return clear;
}

void sealed_content::write(std::uint64_t have, std::string_view bytes) {
    auto number = have / piece_bytes;
    auto at = place_of(number);
    auto piece = have % piece_bytes == 0 ? std::string() : read(number * piece_bytes, static_cast<std::size_t>(have % piece_bytes));
    std::string sealed;
    while (!bytes.empty()) {
        const auto taken = bytes.substr(0, piece_bytes - piece.size());
        bytes.remove_prefix(taken.size());
        piece += taken;
        const auto begun = sealed.size();
        sealed.resize(begun + seal_bytes + piece.size());
        cipher_.close(piece, number++, sealed.data() + begun + seal_bytes, sealed.data() + begun);
        piece.clear();
        if (sealed.size() < written_at_once && !bytes.empty()) continue;
        file_.write_at(sealed, at);
        at += sealed.size();
        sealed.clear();
    }
}

std::uint64_t sealed_content::mend(std::uint64_t have) {
    const auto number = have / piece_bytes;
    const auto part = static_cast<std::size_t>(have % piece_bytes);
    std::string last;
    try {
        if (part > 0) last = read(number * piece_bytes, part);
    } catch (const damaged&) {  // it was being sealed anew
        last.clear();
    }
    const auto whole = number * piece_bytes;
    file_.resize(place_of(number));
    write(whole, last);
    return whole + last.size();
}

}  // namespace server::blobs
