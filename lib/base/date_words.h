// Dates as feeds, letters and papers write them.

#ifndef WIRECOPY_BASE_DATE_WORDS_H_
#define WIRECOPY_BASE_DATE_WORDS_H_

#include <optional>
#include <string>
#include <string_view>

namespace wirecopy {

// Turns RFC 2822 ("Tue, 10 Mar 2026 12:00:00 GMT", with or without the day of
// the week, the seconds and the zone), dates with an English month's name
// ("10 March 2026", "March 10, 2026", a time behind them or none), and those
// that begin with the year ("2026/03/10", "20260310", "20260310T120000Z") into
// the dashed form of RFC 3339. Years have four digits. Nothing where `text` is
// none of these, or its day of the week is another than the date's. Whether
// there is such a day or time is left to whoever reads what comes out. Time
// and memory: a bounded number of bytes, for longer texts are none of these.
std::optional<std::string> AsDashedDate(std::string_view text);

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_DATE_WORDS_H_
