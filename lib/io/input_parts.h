// Cuts input into parts, which are read and remembered one by one.

#ifndef WIRECOPY_IO_INPUT_PARTS_H_
#define WIRECOPY_IO_INPUT_PARTS_H_

#include <cstdint>
#include <vector>

#include "io/block_source.h"
#include "io/input_file.h"

namespace wirecopy {

// In input order: some tens of parts of little input, more of much. A large
// file of JSON Lines is cut into ranges of bytes where it is not compressed;
// other files are whole. Depends on formats, sizes and the first bytes of files
// alone.
std::vector<InputPart> CutIntoParts(const std::vector<InputFile>& files);

// Bytes of the files of a part, as they lie on disk.
uint64_t BytesOfPart(const std::vector<InputFile>& files,
                     const InputPart& part);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_INPUT_PARTS_H_
