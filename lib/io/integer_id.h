// Integers as ids, in records and in what asks for them.

#ifndef WIRECOPY_IO_INTEGER_ID_H_
#define WIRECOPY_IO_INTEGER_ID_H_

#include <optional>
#include <string_view>

namespace wirecopy {

// The digits of an integer that JSON could have, as an id has them: as they
// stand, however many there are, but "-0" is "0". Nothing where `text` is none:
// "7.0", "007", "+7".
std::optional<std::string_view> IntegerId(std::string_view text);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_INTEGER_ID_H_
