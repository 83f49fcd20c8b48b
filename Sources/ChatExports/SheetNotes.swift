/// What stands around the rows of a workbook's sheet, and is no row of the table.
struct SheetNotes {
    /// The group that cells above the header name; empty where they name none.
    var groupID = ""
    var groupName = ""
    /// For the lines of the table as text: from this line on, the row of the sheet is so much further down.
    var shifts: [(line: Int, by: Int)] = []

    /// The row of the sheet that a line of the table as text stands in.
    func row(ofLine line: Int) -> Int {
        var low = 0
        var high = shifts.count
        while low < high {
            let middle = (low + high) / 2
            if shifts[middle].line <= line { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? line : line + shifts[low - 1].by
    }
}
