using System.Text;

namespace DasvPipeline.Core.Domain.Findings;

/// <summary>The explanation of a finding code for an agency's data officer.</summary>
/// <param name="Title">The problem in a few words.</param>
/// <param name="Meaning">What the problem is and why it matters.</param>
/// <param name="Example">An example message.</param>
/// <param name="Advice">What the data officer should do.</param>
public sealed record GuideEntry(string Code, string Title, string Meaning, string Example, string Advice);

/// <summary>The explanations of all finding codes, in the groups and order of the page.</summary>
public static class FindingGuide
{
    private static readonly (string Title, GuideEntry[] Entries)[] Groups =
    [
        ("The path of the file",
        [
            new(Codes.UnknownPath, "The path names no return",
                "The path agency/return/period/file decides which return a file belongs to. This path does not name a return.",
                "There is no agency \"constabulry\". Did you mean constabulary?",
                "Upload the file to the path that the message suggests."),
            new(Codes.PeriodNotDue, "The return is not due for this period",
                "The return is due for other periods. It may be due by quarter, but you gave a year, or the other way round. Or it may start later.",
                "Referrals to the Sexual Assault Referral Centre is not reported for 2019-20. It is reported for a quarter, such as 2019-20-Q1, starting with 2018-19-Q1.",
                "Choose the period that the figures are for."),
            new(Codes.PeriodNotStarted, "The period has not started",
                "You cannot report figures for a period in the future.",
                "April to June 2031 has not started yet. Check the period that you sent the file for. You can send its figures from 30 June 2031.",
                "Check the year and the quarter, and upload the file to the right path."),
            new(Codes.PeriodNotEnded, "The period has not ended",
                "The figures of a period are complete when it has ended. You can send them from its last day.",
                "April to June 2020 has not ended yet. You can send its figures from 30 June 2020.",
                "Send the whole period's figures from the day in the message. If you uploaded a file to its path, we check it on that day. You do not need to send it again, unless the figures change."),
            new(Codes.WrongForm, "The form is for another return or period",
                "The first sheet of the form names one return and period, but you sent the file for another.",
                "This is the form for constabulary/domestic-abuse, 2019-20-Q1, but it was sent as elms-sarc/referrals, 2019-20-Q1. Send it as constabulary/domestic-abuse, 2019-20-Q1, or download the form for elms-sarc/referrals, 2019-20-Q1 and fill that in.",
                "Send the form for its own return and period, or fill in the right form."),
            new(Codes.FirstSheetOnly, "Only the first sheet of the form",
                "A .csv file has only one sheet. This one has the information about the form, but no figures.",
                "This file contains only the first sheet of the form, without any figures. A .csv file has only one sheet. Save the form as .xlsx, .xls or .ods and send that.",
                "Save the whole form as a workbook and send that."),
            new(Codes.OlderForm, "An older version of the form",
                "The form has changed since you downloaded it. We read everything that is the same in both versions.",
                "This is version 1 of the form, but the current version is 2. We read everything that is the same in both. Download the form again for the next period.",
                "You do not need to do anything now. Download the form again next time."),
            new(Codes.AlreadyReceived, "You have already sent this file",
                "The file is identical to the one we are using.",
                "We already received this file on 1 June 2020 as version 1. Nothing changes.",
                "You do not need to do anything. If you meant to send a correction, check that you saved it and chose the right file."),
            new(Codes.Corrected, "Changes in a corrected file",
                "We accepted a new version, which replaces the one before. The report lists every figure and every headline that changes.",
                "1 figure changed since version 1: \"MARAC cases heard\" from 371 to 360. The headline \"Cases heard at Multi-Agency Risk Assessment Conferences\" changes from 371 to 360.",
                "Read the changes. If there is one that you did not mean to make, send another correction."),
        ]),
        ("The file as a whole",
        [
            new(Codes.Empty, "The file is empty",
                "There is nothing in the file.",
                "The file is empty. Check that you saved your figures, and upload the file again.",
                "Save the figures and upload the file again."),
            new(Codes.TooLarge, "The file is too large",
                "A return is a few pages of figures. A file of this size has something else in it, such as pictures or other sheets.",
                "The file is larger than 10 MB, which is the most we can read. Check that this is the right file, and delete rows and sheets it does not need.",
                "Delete everything that is not part of the return, or copy the tables into a new workbook."),
            new(Codes.NotASpreadsheet, "Not a spreadsheet",
                "The file is of another type, whatever its name ends in.",
                "We cannot read this file as a spreadsheet. It seems to be a PDF. Save it as .xlsx, .xls, .ods or .csv, and upload that file.",
                "Save the figures from the program you keep them in as .xlsx, .xls, .ods or .csv."),
            new(Codes.PasswordProtected, "Protected by a password",
                "We cannot open a file that has a password.",
                "We cannot read the file because it has a password. In Excel, choose File, Info, Protect Workbook, Encrypt with Password, clear the password and save the file. In LibreOffice, choose File, Save As, and untick Save with password. Then upload it again.",
                "Save a copy without the password. The connection is protected, and only the Partnership can read the files we keep."),
            new(Codes.Macros, "The workbook has macros",
                "Macros are programs. We do not accept files with macros.",
                "The workbook contains macros, which we do not accept. In Excel or LibreOffice, choose File, Save As, and an Excel workbook type that ends in .xlsx. This removes the macros.",
                "Save it as an .xlsx workbook without macros."),
            new(Codes.Damaged, "The file is damaged",
                "Part of the file is missing or has changed. This often happens with e-mail or a memory stick.",
                "The file is damaged: it is incomplete, or was changed on the way to us. Open your own copy in Excel or LibreOffice, save it again, and upload the new file.",
                "Open your own copy, save it again, and upload the new file."),
            new(Codes.ExpandsTooMuch, "Too large when unpacked",
                "Workbooks are compressed. When we unpack this one, it is far larger than any return.",
                "The file is compressed, and its content is larger than 200 MB, which is the most we can read. Check that this is the right file, and delete rows and sheets it does not need.",
                "Copy the tables into a new workbook and send that."),
            new(Codes.UnsafeXml, "Unsafe content",
                "The workbook contains something that spreadsheet programs never write and that could do harm.",
                "We did not read the workbook, because it contains instructions that are not safe. A spreadsheet does not need them. Open your own copy in Excel or LibreOffice, save it again, and upload the new file.",
                "Open your own copy, save it again, and upload the new file. If you did not make the file yourself, contact your IT department."),
            new(Codes.Encoding, "Letters that we cannot read",
                "A .csv file does not say how its letters are stored. These letters do not fit any of the usual ways.",
                "We cannot be sure of all letters in the file: the value 81 is not a letter (byte offset 27). In Excel, choose File, Save As, and the type CSV UTF-8 (Comma delimited). Upload that file.",
                "Save it as CSV UTF-8, or send the workbook itself."),
            new(Codes.UnclosedQuote, "A quotation mark without its pair",
                "In a .csv file, quotation marks come in pairs. If one has no closing mark, the rest of the file becomes one cell.",
                "A quotation mark on line 2 has no closing mark, so the rest of the file becomes one cell. Close it or delete it, and upload the file again.",
                "Delete the mark, or save the file again from your spreadsheet program."),
            new(Codes.RaggedRows, "A row with too many cells",
                "In a .csv file, commas separate the cells. A row has more cells than the others, so its figures are under the wrong headings.",
                "Row 1 has too many cells, so we cannot tell which figure is which. A comma inside a number or a text can cause this. Write 1,864 as 1864, and put quotation marks round a text that has a comma.",
                "Take the comma out of the number, or send the workbook itself."),
            new(Codes.TooManyCells, "Too many rows, columns or cells",
                "The file has far more cells than the form has figures.",
                "The file has more than 500 columns, which is the most we can read. Check that this is the right file, and delete rows and sheets it does not need.",
                "Delete everything that is not part of the return."),
            new(Codes.ReadAsOtherFormat, "The file's name ends in another type",
                "The file's name does not match its content. We read the content.",
                "The file's name ends in .xlsx, but the file is text with separators (.csv). We read it as that.",
                "You do not need to do anything now. Save the file with the right ending next time."),
            new(Codes.LinksIgnored, "Links and embedded objects were ignored",
                "The workbook refers to other files. We never open them, and use the figures as they were last saved.",
                "The workbook has links to other files, or embedded objects. We ignored them and used the figures as they were last saved.",
                "Check that the figures were up to date when you saved the workbook."),
        ]),
        ("People",
        [
            new(Codes.PersonalData, "Personal data",
                "Returns contain figures only. The file contains what looks like a person's number, address, date of birth or name. We stopped reading it, and we do not repeat what we found.",
                "This cell contains what looks like an NHS number. A return contains figures only. Delete it, and send the file again. We have not used any figure from this file, or repeated what the cell says.",
                "Delete the content of the cells and send the file again. If you sent it by mistake, contact your own data protection officer."),
            new(Codes.RowPerPerson, "A row for each person",
                "The file seems to be a list of people or cases, and not counts of them.",
                "This row and 2 more look like one person or one case each. A return says how many there were, and nothing about any of them. Delete these rows, put the counts in the form's tables, and send the file again. We have not used any figure from this file, or repeated what these cells say.",
                "Count the people or cases, and send only the counts."),
        ]),
        ("Tables and labels",
        [
            new(Codes.NoFigures, "No figures",
                "We recognised the form, but it is blank.",
                "We found the tables, but they have no figures. Fill them in, enter 0 if there were none, and upload the file again.",
                "Fill in the figures. Enter 0 if there were none."),
            new(Codes.TableNotFound, "A table was not found",
                "We find a table by its row labels. Fewer than half of the labels are in the file, or the figures are only for other periods.",
                "We could not find the table \"Referrals to SARC\" on the sheet \"Sheet1\". We look for these labels, with a figure next to or below each: \"18 and over\" and \"Under 18\".",
                "Use the labels that the message lists, or use the form."),
            new(Codes.AmbiguousColumns, "More than one column of figures",
                "There are several columns of figures next to the labels. Nothing above them says which one we should use.",
                "The table \"Referrals to SARC\" has more than one figure for each label, at B2 and C2. Write \"Number\" as the heading of the figures we should use. Give the other figures a heading too: a period, or \"Notes\".",
                "Write Number above the right column. Above the others, write a period, an area, or Notes."),
            new(Codes.TableTwice, "A table appears twice",
                "Two tables in the file look the same, and we cannot choose between them.",
                "The table \"Referrals to SARC\" appears twice, at Sheet1!A1 and at Sheet1!A4. Delete the one that is wrong. If one is not for 2019-20-Q1, write its period above it.",
                "Delete one of the tables, or write its period above it."),
            new(Codes.UnknownLabel, "A label that we do not know",
                "There is a figure next to a label that is not in the form, so we would lose the figure.",
                "\"Huntigdonshire\" is not one of the labels we ask for here. Did you mean \"Huntingdonshire\"?",
                "Use the label in the form, or delete the row."),
            new(Codes.MissingLabel, "A row or column is missing",
                "We found only part of the table. A missing figure does not count as 0.",
                "The table \"Police DA Incidents\" has no row for \"Peterborough\". A missing figure does not count as 0. Add the row, and enter 0 if there were none.",
                "Add the row with its figure. Enter 0 if there were none, or [x] if the figure is not available."),
            new(Codes.SameRowTwice, "The same row twice",
                "Two rows are for the same figure.",
                "\"18 and over\" appears twice, at Sheet1!A1 and at Sheet1!A2. Keep one of them.",
                "Delete one of the rows."),
            new(Codes.FigureNotRead, "Numbers that we did not use",
                "There are numbers without a label that the form knows. They may be your own notes, or figures that we missed.",
                "We did not use the number at B4. No label next to it or above it says what it is.",
                "If they are not part of the return, you do not need to do anything. If they are, put them next to their label."),
            new(Codes.PeriodUnclear, "A period that is not clear",
                "A title or heading can mean the period that you sent the file for, but also another one.",
                "\"Q1 2019\" can mean January to March 2019 or April to June 2019. We read the figures as April to June 2019. If that is right, write 2019-20-Q1.",
                "If we read it wrongly, send the right figures. If not, write the period as the message suggests."),
            new(Codes.MonthsAdded, "Months were added up",
                "The file has a figure for each month of the quarter. We added them up.",
                "We added up the 3 months of the quarter for 2 figures.",
                "You do not need to do anything."),
            new(Codes.MonthsOnly, "Figures for months only",
                "We ask for one figure for the quarter. The file does not have all 3 months, or they cannot be added up.",
                "These figures are for April 2019 only. Enter the figures for April to June 2019.",
                "Enter the figures for the whole quarter."),
            new(Codes.HiddenFigures, "Figures in hidden cells",
                "We read figures from hidden rows, columns or sheets.",
                "We read figures from hidden cells, 2 in all. Unhide the cells, and check that the figures belong in the return.",
                "Unhide the cells. Delete the figures if they do not belong in the return."),
        ]),
        ("Cells",
        [
            new(Codes.NotANumber, "Not a number",
                "We cannot read the cell as a figure.",
                "\"lots\" is not a number. Enter a whole number, or [x] if it is not available.",
                "Enter only the number. Write an estimate as 37 approx, and [x] if a figure is not available."),
            new(Codes.ErrorValue, "A formula with a mistake",
                "The spreadsheet program could not calculate the formula.",
                "The cell shows #REF!, so its formula has a mistake. Correct the formula or enter the number.",
                "Correct the formula, or enter the number."),
            new(Codes.FormulaWithoutValue, "A formula without a result",
                "The program that saved the file did not calculate its formulas.",
                "The cell has a formula whose result was not saved. Open the file, let it calculate, and save it again. Or enter the number.",
                "Open the file in Excel or LibreOffice and save it again."),
            new(Codes.FormulaValueUsed, "Results of formulas were used",
                "We used the results of formulas as they were last saved.",
                "We used the saved results of formulas in 1 cell.",
                "You do not need to do anything."),
            new(Codes.Negative, "Less than 0",
                "A figure cannot be negative.",
                "-5 is less than 0. Counts cannot be negative. Enter a whole number, or [x] if it is not available.",
                "Enter the right number."),
            new(Codes.NotWhole, "Not a whole number",
                "People and cases are counted in whole numbers. Check for a full stop in place of a comma.",
                "12.5 is not a whole number. Enter a whole number, or [x] if it is not available. Write a thousand as 1,000 or 1000.",
                "Enter a whole number."),
            new(Codes.OverOneHundredPercent, "More than 100%",
                "A percentage of a total cannot be more than 100%.",
                "171% is over 100%. Enter a percentage from 0% to 100%, or [x] if it is not available.",
                "Enter the right percentage."),
            new(Codes.TooBig, "Too big to be right",
                "The number is larger than any figure of this Partnership.",
                "The number in this cell is too big to be right. Enter a whole number, or [x] if it is not available.",
                "Check for a typing mistake, or for two numbers without a space between them."),
            new(Codes.Blank, "A blank cell",
                "A blank may mean none, not known, or forgotten. We cannot tell which.",
                "There is no figure for \"Under 18\". A blank does not count as 0. Enter 0 if there were none, or [x] if the figure is not available.",
                "Enter 0 or [x]. Or say in the notes why there is no figure."),
            new(Codes.ReadAs, "How we read a cell",
                "The cell contains more than a plain number. The message says how we read it.",
                "\"37 approx\" was read as 37, an estimate ([e]).",
                "If it is right, you do not need to do anything. If not, enter the right number."),
            new(Codes.DashInText, "A dash in a text file",
                "A spreadsheet can show 0 as a dash. When it is saved as .csv, only the dash is left, so we cannot tell 0 from a missing figure.",
                "\"-\" was read as not available ([x]). A spreadsheet may show 0 as a dash. Enter 0 if there were none, or [x] if the figure is not available.",
                "Enter 0 or [x]. Or send the workbook as .xlsx, .xls or .ods."),
            new(Codes.TotalDiffers, "A total that differs from its parts",
                "The total in the file is not the sum of its figures. One of them is wrong.",
                "The total of \"Referrals to SARC\" is 76, but its parts add up to 75. Correct the one that is wrong.",
                "Correct the total or the figure. We only check totals, and do not keep them."),
            new(Codes.OtherPeriodDiffers, "A figure for another period differs",
                "The file also shows a figure for another period. It is not the figure that we accepted.",
                "For July to September 2019, this file shows 90 for \"Perpetrator Panel referrals\", but we accepted 96. If the accepted figure is wrong, send a corrected file for 2019-20-Q2 too.",
                "If the earlier figure was wrong, send the file for that period again too."),
        ]),
        ("Comparisons between figures",
        [
            new(Codes.Implausible, "An unlikely figure",
                "The figure is outside the range that is usual for this return.",
                "7% for \"Domestic abuse crime rate, Cambridgeshire\" is unlikely. It is usually between 30% and 98%. If it is right, say why in the notes. If not, correct it.",
                "Correct it. Or, if it is right, say why in the notes."),
            new(Codes.FarFromLastPeriod, "Far from the last period",
                "The figure has changed more since the last period than usual.",
                "51 for \"Referrals to SARC, 18 and over\" is far from 120 in January to March 2019. If it is right, say why in the notes. If not, correct it.",
                "Correct it. Or, if it is right, say why in the notes."),
            new(Codes.FarFromLastYear, "Far from last year",
                "The figure has changed more since the same time last year than usual.",
                "24 for \"Referrals to SARC, Under 18\" is far from 90 in April to June 2018. If it is right, say why in the notes. If not, correct it.",
                "Correct it. Or, if it is right, say why in the notes."),
            new(Codes.PartAboveWhole, "A part that is more than the whole",
                "The figure counts part of another figure, but is larger.",
                "In Cambridgeshire, \"Serious sexual offence crimes\" is 375, but \"Sexual offence crimes\" is 347. The first figure is part of the second, so it cannot be more. Correct the one that is wrong, or explain it in the notes.",
                "Correct one of the figures. Or say in the notes why both are right."),
            new(Codes.TablesDiffer, "Two tables that should agree",
                "Two tables count the same people or cases, but their numbers differ.",
                "In Peterborough, \"DA cases: Care Act criteria met\" adds up to 44, but \"DA cases referred to AS MASH\" is 40. They should be equal. Correct the one that is wrong, or say in the notes why they differ.",
                "Correct one of the figures. Or say in the notes why they differ."),
            new(Codes.SameAsOtherPeriod, "The same file for another period",
                "The file or all its figures are the same as for another period. It may be the wrong file.",
                "All figures are the same as for January to March 2019. Check that this is the right file.",
                "Send the right file. Or, if this is the right file, explain it on the page of the return."),
        ]),
    ];

    private static readonly Dictionary<string, GuideEntry> ByCode = Groups.SelectMany(group => group.Entries).ToDictionary(entry => entry.Code, StringComparer.Ordinal);

    public static IEnumerable<GuideEntry> Entries => Groups.SelectMany(group => group.Entries);

    public static GuideEntry? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>Returns the page <c>docs/findings.md</c>.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder("""
            # Findings in your file

            Every return gets a list of findings. Each finding says which cell it is about, what is wrong or doubtful, and what to do.

            - An **error** means that we rejected the file. The last accepted figures stay in use until you send a corrected file.
            - A **query** means that we accepted the file, but you must correct or explain the figure. Write the reason in the notes next
              to the figure and send the file again, or explain it to the Partnership's manager. You need to explain it only once.
            - A **note** says how we read something.

            Each message has a code in brackets. This page explains each code.

            """.ReplaceLineEndings("\n"));
        foreach (var (title, entries) in Groups)
        {
            page.Append('\n').Append("## ").Append(title).Append('\n');
            foreach (var entry in entries)
            {
                page.Append($"\n### {entry.Code}\n**{entry.Title}.** {entry.Meaning}\n\n> {entry.Example}\n\n*What to do:* {entry.Advice}\n");
            }
        }

        return page.ToString();
    }
}
