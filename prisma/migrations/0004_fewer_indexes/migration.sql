-- Every commit of the log wrote two or three pages of this index, one for each type of event in it: a third of all that
-- it wrote. What it served (the events of some types of a design) is read over ("designId", "position") as well.
-- DropIndex
DROP INDEX "Event_designId_type_position_idx";
