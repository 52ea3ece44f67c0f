#pragma once
// Bytes in a known encoding to UTF-8, a block at a time. Nothing is guessed here, and nothing replaced: mojibake would stay.

#include "server/data_worker/plan.hpp"
#include "server/data_worker/reading/record.hpp"

#include <string>
#include <string_view>

namespace data_worker {

/// Where the text is not in that encoding it throws `trouble` (unreadable) and says on which line. A mark (BOM) of the encoding is
/// left out; one of another is a fault.
std::unique_ptr<byte_source> decoded(std::unique_ptr<byte_source> from, text_encoding encoding);

/// How many bytes of `text` are whole, good UTF-8: all of it, or up to what is not, or not all there yet.
std::size_t good_utf8(std::string_view text);

/// Whether a good beginning is followed by what may only be cut off: at most three bytes.
bool may_be_cut(std::string_view rest);

/// What a beginning of a file is in, where its mark or its bytes tell. Nothing: they do not.
std::optional<text_encoding> encoding_of(std::string_view beginning, bool whole);

}  // namespace data_worker
