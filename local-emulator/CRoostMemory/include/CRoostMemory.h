#ifndef ROOST_MEMORY_H
#define ROOST_MEMORY_H

/// Gives the pages of the program's and its libraries' files back to the system's cache: what only the start needed, about
/// 15 MB, is then no part of this process's memory. What is needed again is mapped again, at a microsecond a piece.
void roost_give_back_program_pages(void);

#endif
