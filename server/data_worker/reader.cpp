#include "server/data_worker/reader.hpp"
namespace data_worker { int read_snapshot() { return 0; } }
