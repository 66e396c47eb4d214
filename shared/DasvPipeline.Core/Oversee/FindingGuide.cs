using System.Text;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee;

/// <summary>One code explained to an agency's data officer.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Meaning">Why it matters.</param>
/// <param name="Example">A sentence as a report has it.</param>
/// <param name="Mend">What to do.</param>
public sealed record GuideEntry(string Code, string Title, string Meaning, string Example, string Mend);

/// <summary>Every code with its explanation: the page a person is sent to. Grouped and ordered as the page is.</summary>
public static class FindingGuide
{
    private static readonly (string Title, GuideEntry[] Entries)[] Groups =
    [
        ("The place a file was sent to",
        [
            new(Codes.UnknownPlace, "The place names no return",
                "Whose return a file is follows from the place it is uploaded to, agency/return/period/file, and from nothing else. This place names none.",
                "There is no agency \"constabulry\". Did you mean constabulary?",
                "Upload the file to the place that the sentence suggests."),
            new(Codes.PeriodNotOwed, "This period is not reported",
                "The return is reported for other periods: by quarter where a year was given, or the other way round, or only from a later period on.",
                "Referrals to the Sexual Assault Referral Centre is not reported for 2019-20. It is reported for a quarter, such as 2019-20-Q1, from 2018-19-Q1 on.",
                "Choose the period that the figures are for."),
            new(Codes.PeriodNotOver, "The period has not begun",
                "Figures cannot be reported for a time that is still to come.",
                "April to June 2031 has not begun yet. Check the period the file was sent for.",
                "Check the year and the quarter, and upload the file to the right place."),
            new(Codes.WrongForm, "This is the form of another return or period",
                "A form says on its first sheet what it is for, and it was sent to another place.",
                "This is the form for constabulary/domestic-abuse, 2019-20-Q1, but it was sent as elms-sarc/referrals, 2019-20-Q1. Send it to its own place, or download the form for elms-sarc/referrals, 2019-20-Q1 and fill in that one.",
                "Send the form to its own place, or fill in the right one."),
            new(Codes.FirstSheetOnly, "Only the first sheet of the form",
                "A .csv file keeps one sheet. This one holds what the form says about itself, and none of its figures.",
                "This file holds the first sheet of the form only, without its figures, because a .csv file keeps one sheet. Save the form as .xlsx, .xls or .ods and send that.",
                "Save the whole form as a workbook and send that."),
            new(Codes.OlderForm, "An older version of the form",
                "The form has changed since this one was downloaded. What the two have in common was read.",
                "This is version 1 of the form; version 2 is in use. What it has in common with that one was read. Download the form again for the next period.",
                "Nothing now. Download the form again next time."),
            new(Codes.AlreadyReceived, "The same file again",
                "The very same file is what counts already.",
                "The same file was already received on 1 June 2020 as version 1. Nothing changes.",
                "Nothing. If you meant to send a correction, check that you saved it and chose the right file."),
            new(Codes.Corrected, "What a corrected file changes",
                "A new version was accepted and replaces the one before. The report lists every figure that differs, and every headline that moves.",
                "1 figure changed since version 1: \"MARAC cases heard\" from 371 to 360. The headline \"Cases heard at Multi-Agency Risk Assessment Conferences\" moves from 371 to 360.",
                "Read it through: if something changed that you did not mean to change, send another correction."),
        ]),
        ("The file as a whole",
        [
            new(Codes.Empty, "The file is empty",
                "There is nothing in it.",
                "The file is empty. Check that you saved your figures, and upload the file again.",
                "Save the figures and upload the file again."),
            new(Codes.TooLarge, "The file is too large",
                "A return is a few pages of figures. A file of this size holds something else as well, such as pictures or other sheets.",
                "The file is larger than 10 MB, which is the most that can be read. Check that this is the return and not another file, and delete rows and sheets it does not need.",
                "Delete what does not belong to the return, or copy the tables into a new workbook."),
            new(Codes.NotASpreadsheet, "Not a spreadsheet",
                "The file is of another kind, whatever its name ends in.",
                "This is not a spreadsheet that can be read: it seems to be a PDF. Save it as .xlsx, .xls, .ods or .csv, and upload that file.",
                "Save the figures from the program you keep them in as .xlsx, .xls, .ods or .csv."),
            new(Codes.PasswordProtected, "Protected by a password",
                "A file with a password cannot be opened here.",
                "The file is protected by a password, so it cannot be read. In Excel choose File, Info, Protect Workbook, Encrypt with Password, clear the password and save the file; in LibreOffice choose File, Save As, and untick Save with password. Then upload it again.",
                "Save a copy without the password. It is sent over a protected connection and kept where only the Partnership can read it."),
            new(Codes.Macros, "The workbook has macros",
                "Macros are programs. No file that holds one is accepted.",
                "The workbook contains macros, which are not accepted. In Excel or LibreOffice choose File, Save As, and a type of Excel workbook that ends in .xlsx, which leaves the macros out.",
                "Save it as an .xlsx workbook without macros."),
            new(Codes.Damaged, "The file is damaged",
                "Part of the file is missing or was changed, often on its way by e-mail or from a memory stick.",
                "The file is damaged: it is incomplete, or was changed on its way. Open your own copy in Excel or LibreOffice, save it again, and upload the new file.",
                "Open your own copy, save it again, and upload the new file."),
            new(Codes.ExpandsTooMuch, "Much larger inside than outside",
                "Workbooks are compressed. This one unpacks to far more than a return could be.",
                "The file is far larger inside than it looks: opened up, it is more than 200 MB, which is the most that can be read. Check that this is the return and not another file, and delete rows and sheets it does not need.",
                "Copy the tables into a new workbook and send that."),
            new(Codes.UnsafeXml, "Unsafe contents",
                "The workbook contains something that spreadsheet programs never write and that could do harm.",
                "The workbook contains instructions that no spreadsheet needs and that are not safe to follow, so it was not read. Open your own copy in Excel or LibreOffice, save it again, and upload the new file.",
                "Open your own copy, save it again, and upload the new file. If you did not make the file yourself, tell your IT department."),
            new(Codes.Encoding, "Letters that cannot be read",
                "A .csv file does not say how its letters are stored, and these fit no way of storing them.",
                "The file's letters cannot be read with certainty: the value 81 stands for no letter (byte offset 27). In Excel choose File, Save As, and the type CSV UTF-8 (Comma delimited), and upload that file.",
                "Save it as CSV UTF-8, or send the workbook itself."),
            new(Codes.UnclosedQuote, "A quotation mark that is not closed",
                "In a .csv file quotation marks come in pairs. After one that is never closed, everything reads as one cell.",
                "A quotation mark opens on line 2 and is never closed, so the rest of the file reads as one cell. Close it or delete it, and upload the file again.",
                "Delete the mark, or save the file anew from your spreadsheet program."),
            new(Codes.RaggedRows, "A row with a cell too many",
                "In a .csv file commas part the cells. A row has one more than the others, and its figures stand under the wrong headings.",
                "Row 1 has a cell too many, so it cannot be told which figure is which. A comma inside a number or a text does that: write 1864 for 1,864, and put a text with a comma in quotation marks.",
                "Take the comma out of the number, or send the workbook itself."),
            new(Codes.TooManyCells, "Too many rows, columns or cells",
                "The file has far more cells than the form has figures.",
                "The file has more than 500 columns, which is the most that can be read. Check that this is the return and not another file, and delete rows and sheets it does not need.",
                "Delete what does not belong to the return."),
            new(Codes.ReadAsOtherFormat, "Its name says another kind of file",
                "The file was read as what it is. Its name ends in something else.",
                "The file's name ends in .xlsx, but it is really text with separators (.csv). It was read as that.",
                "Nothing now. Save it with the right ending next time."),
            new(Codes.LinksIgnored, "Links and embedded objects were ignored",
                "The workbook refers to other files. They are never opened; the figures are those that were last saved.",
                "The workbook has links to other files or objects embedded in it. They were ignored: the figures were read as they were last saved.",
                "Check that the figures were up to date when you saved the workbook."),
        ]),
        ("People",
        [
            new(Codes.PersonalData, "Something that belongs to one person",
                "Returns are figures only. The file holds what looks like somebody's number, address, date of birth or name. Nothing of it was read any further, and what was found is not repeated anywhere.",
                "This cell holds what looks like an NHS number. A return holds figures only: delete it, and send the file again. No figure was taken from this file, and what the cell says is repeated nowhere.",
                "Delete what the sentence speaks of and send the file again. If it was sent by mistake, tell your own data protection officer."),
            new(Codes.RowPerPerson, "A row for each person",
                "The file seems to be a list of people or cases, not their numbers.",
                "This row and 2 more look like one person or one case each. A return says how many there were, and nothing about any one of them: delete these rows, put the counts into the form's tables, and send the file again. No figure was taken from this file, and what these cells say is repeated nowhere.",
                "Count them up, and send only the counts."),
        ]),
        ("Tables and labels",
        [
            new(Codes.NoFigures, "No figures were filled in",
                "The form was recognised, but it is blank.",
                "The tables were found, but no figures were filled in. Fill them in, with 0 where there was none, and upload the file again.",
                "Fill in the figures. Where there was none enter 0."),
            new(Codes.TableNotFound, "A table was not found",
                "A table is known by the labels of its rows. Fewer than half of this one's stand anywhere in the file, or its figures are of other periods only.",
                "The table \"Referrals to SARC\" was not found on the sheet \"Sheet1\". It is known by these labels, with a figure beside or below each: \"18 and over\" and \"Under 18\".",
                "Use the labels that the sentence lists, or the form."),
            new(Codes.WhichColumn, "It is unclear which column is meant",
                "Beside the labels of a table stand several columns of figures, and nothing above them says which holds those asked for.",
                "The table \"Referrals to SARC\" has several figures for each label, at B2 and C2. Write \"Number\" at the head of those that are meant, and at the head of the others what they are for: a period, or \"Notes\".",
                "Write Number above the right one, and above the others what they are for: a period, an area, or Notes."),
            new(Codes.TableTwice, "A table is there twice",
                "Two places fit the same table, and it is not for us to choose.",
                "The table \"Referrals to SARC\" is there twice, at Sheet1!A1 and at Sheet1!A4. Delete the one that does not count; or, if it is for another period than 2019-20-Q1, write above it for which.",
                "Delete one of the two, or write above it of which period it is."),
            new(Codes.UnknownLabel, "A label that nobody knows",
                "There is a figure beside a label that this form does not have. It would be lost.",
                "\"Huntigdonshire\" is not one of the labels asked for here. Did you mean \"Huntingdonshire\"?",
                "Use the label of the form, or delete the row."),
            new(Codes.MissingLabel, "A row or column is missing",
                "The table was found, but not all of it. Not supplied is not nought.",
                "The table \"Police DA Incidents\" has no row for \"Peterborough\". Not supplied is not nought: add the row, with 0 where there was none.",
                "Add the row with its figure: 0 where there was none, [x] where it is not available."),
            new(Codes.SameRowTwice, "The same row twice",
                "Two rows claim to be the same figure.",
                "\"18 and over\" is there twice, at Sheet1!A1 and at Sheet1!A2. Keep one of the two.",
                "Delete one of the two."),
            new(Codes.NotRead, "Numbers that were not read",
                "There are numbers beside no label that the form knows. They may be notes of your own, or a figure that was missed.",
                "Not read, because no label beside or above says which figure it is: B4.",
                "If they are not part of the return, nothing, or say so in the notes. If they are, put them beside their label."),
            new(Codes.HiddenFigures, "Figures in hidden cells",
                "Figures were read from rows, columns or sheets that are hidden.",
                "Figures were read from hidden cells, 2 in all. Show them, and check that they are meant.",
                "Show them, and delete them if they are not meant."),
        ]),
        ("Cells",
        [
            new(Codes.NotANumber, "Not a number",
                "The cell holds something that cannot be understood as a figure.",
                "\"lots\" is not a number. Enter a whole number, or [x] if it is not available.",
                "Enter the number alone. An estimate is written 37 approx, a figure that is not available [x]."),
            new(Codes.ErrorValue, "A formula that went wrong",
                "The spreadsheet program could not work the formula out.",
                "The cell shows #REF!, a mistake in its formula. Correct the formula or enter the number.",
                "Correct the formula, or enter the number."),
            new(Codes.FormulaWithoutValue, "A formula without a result",
                "The program that saved the file did not work its formulas out.",
                "The cell has a formula whose result was not saved. Open the file, let it calculate, and save it again; or enter the number.",
                "Open the file in Excel or LibreOffice and save it again."),
            new(Codes.FormulaValueUsed, "Results of formulas were used",
                "Figures that formulas had worked out were read as they were last saved.",
                "The results that were saved with formulas were used, in 1 cell.",
                "Nothing."),
            new(Codes.Negative, "Below nought",
                "Nothing that is counted can be less than none.",
                "-5 is below nought. Enter a whole number, or [x] if it is not available.",
                "Enter the right number."),
            new(Codes.NotWhole, "Not a whole number",
                "People and cases are counted in whole numbers. Often a full stop stands where a comma was meant.",
                "12.5 is not a whole number. Enter a whole number, or [x] if it is not available. A thousand is written 1,000 or 1000.",
                "Enter a whole number."),
            new(Codes.OverOneHundredPercent, "More than all",
                "A share cannot be more than 100%.",
                "171% is over 100%. Enter a percentage from 0% to 100%, or [x] if it is not available.",
                "Enter the right percentage."),
            new(Codes.TooBig, "Too big to be right",
                "The number has more digits than any figure of this Partnership.",
                "The number in this cell is too big to be right. Enter a whole number, or [x] if it is not available.",
                "Look for a slipped finger, or for two numbers run together."),
            new(Codes.Blank, "A blank",
                "A blank may mean none, not known, or forgotten, and we cannot tell which.",
                "No figure was given for \"Under 18\". A blank is not nought: enter 0 if there was none, or [x] if the figure is not available.",
                "Enter 0 or [x]; or say in the notes beside it why there is no figure."),
            new(Codes.ReadAs, "How something was read",
                "The cell holds more than a plain number. This is how it was understood.",
                "\"37 approx\" was read as 37, an estimate ([e]).",
                "Nothing, if it is right."),
            new(Codes.TotalDiffers, "A total that differs from its parts",
                "The total in the file is not the sum of the figures it adds up. One of them is wrong.",
                "The total of \"Referrals to SARC\" is 76, but its parts add up to 75. Correct whichever is wrong.",
                "Correct the total or the figure. Totals are only checked, never kept."),
            new(Codes.OtherPeriodDiffers, "Another period's figure differs",
                "The file also shows a figure for another period, and it is not what was accepted then.",
                "For July to September 2019 this file shows 90 for \"Perpetrator Panel referrals\", but 96 was accepted then. If it has to be corrected, send the file for 2019-20-Q2 as well.",
                "If the earlier figure was wrong, send that period's file again too."),
        ]),
        ("Figures beside one another",
        [
            new(Codes.Implausible, "Outside what is plausible",
                "The figure is far from anything this return has ever held.",
                "7% for \"Domestic abuse crime rate, Cambridgeshire\" is not likely: it is usually between 30% and 98%. If it is right, say why in the notes; if not, correct it.",
                "Correct it; or, if it is right, say why in the notes beside it."),
            new(Codes.FarFromLastPeriod, "Far from the last period",
                "The figure has changed more since the last period than it usually does.",
                "51 for \"Referrals to SARC, 18 and over\" is far from the 120 of January to March 2019. If it is right, say why in the notes; if not, correct it.",
                "Correct it; or, if it is right, say why in the notes beside it."),
            new(Codes.FarFromLastYear, "Far from last year",
                "The figure has changed more since the same time last year than it usually does.",
                "24 for \"Referrals to SARC, Under 18\" is far from the 90 of April to June 2018. If it is right, say why in the notes; if not, correct it.",
                "Correct it; or, if it is right, say why in the notes beside it."),
            new(Codes.PartAboveWhole, "A part that is more than the whole",
                "The figure counts some of those that another figure counts, and is larger.",
                "In Cambridgeshire, \"Serious sexual offence crimes\" is 375, which is more than the 347 of \"Sexual offence crimes\". It counts some of them and cannot be more: correct whichever is wrong, or say in the notes how it can be.",
                "Correct one of the two; or say in the notes why both are right."),
            new(Codes.TablesDiffer, "Two tables that should agree",
                "The same people or cases are counted in two tables, and the tables come to different numbers.",
                "In Peterborough, \"DA cases: Care Act criteria met\" adds up to 44, but \"DA cases referred to AS MASH\" is 40. Both should be the same number: correct whichever is wrong, or say in the notes why they differ.",
                "Correct one of the two; or say in the notes why they differ."),
        ]),
    ];

    private static readonly Dictionary<string, GuideEntry> ByCode = Groups.SelectMany(group => group.Entries).ToDictionary(entry => entry.Code, StringComparer.Ordinal);

    public static IEnumerable<GuideEntry> Entries => Groups.SelectMany(group => group.Entries);

    public static GuideEntry? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The page <c>docs/findings.md</c>.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder("""
            # What was found in your file

            Every return is answered with a list of findings. Each says which cell it is about, what is wrong or doubtful, and how to
            mend it. An **error** means that the file was rejected: the figures accepted before stay, and a corrected file is read anew.
            A **query** means that it was accepted and that the figure must be corrected or explained: write why it is right in the notes
            beside it and send the file again, or tell the Partnership's manager. What was explained once is not asked again. A **note**
            says how something was read.

            Behind each sentence stands a code in brackets. This page explains each of them.

            """.ReplaceLineEndings("\n"));
        foreach (var (title, entries) in Groups)
        {
            page.Append('\n').Append("## ").Append(title).Append('\n');
            foreach (var entry in entries)
            {
                page.Append($"\n### {entry.Code}\n**{entry.Title}.** {entry.Meaning}\n\n> {entry.Example}\n\n*How to mend it:* {entry.Mend}\n");
            }
        }

        return page.ToString();
    }
}
