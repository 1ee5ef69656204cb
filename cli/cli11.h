// The names of CLI11 that our headers have. Its own header makes a source take
// several times as long to compile, and is for those that add or ask options.

#ifndef WIRECOPY_CLI_CLI11_H_
#define WIRECOPY_CLI_CLI11_H_

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

#endif  // WIRECOPY_CLI_CLI11_H_
