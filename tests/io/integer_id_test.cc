#include "io/integer_id.h"

#include <gtest/gtest.h>

#include <string>

#include "io/json_record.h"

namespace wirecopy {
namespace {

// As records are read: what one calls an integer, the other does.
TEST(IntegerIdTest, AgreesWithRecords) {
  JsonRecordParser parser((FieldNames()));
  for (const std::string text : {"0",
                                 "-0",
                                 "7",
                                 "-7",
                                 "10",
                                 "123456789012345678",
                                 "1234567890123456789",
                                 "-1234567890123456789",
                                 "9223372036854775807",
                                 "9223372036854775808",
                                 "-9223372036854775808",
                                 "-9223372036854775809",
                                 "18446744073709551615",
                                 "18446744073709551616",
                                 "123456789012345678901234567890",
                                 "",
                                 "-",
                                 "07",
                                 "-07",
                                 "00",
                                 "+7",
                                 "7.0",
                                 "7e2",
                                 "7 7",
                                 "a7",
                                 "7a",
                                 "--7",
                                 "0x7",
                                 "-00"}) {
    std::string line = "{\"id\":" + text + ",\"text\":\"a\"}";
    const size_t size = line.size();
    line.append(64, '\0');
    Record record;
    const bool is_read =
        parser.Parse({line.data(), size}, &record).ok() && record.id;
    const auto id = IntegerId(text);
    ASSERT_EQ(id.has_value(), is_read) << text;
    if (!is_read) continue;
    EXPECT_TRUE(record.id->is_integer);
    EXPECT_EQ(*id, record.id->text) << text;
  }
}

}  // namespace
}  // namespace wirecopy
