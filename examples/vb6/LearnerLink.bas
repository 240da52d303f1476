Attribute VB_Name = "LearnerLink"
' LearnerLink for Visual Basic 6 and VBA (Access, Excel). Written to the interface and NOT YET RUN by its authors: there
' is no Visual Basic where the library is built and tested. Please tell what you find.
'
'   Dim Link As Currency: Link = LearnerLinkOpen("{""sandbox"":""http://127.0.0.1:8099""}")
'   Dim Share As String: Share = LearnerLinkCall(Link, "generate_qr", "{""ukprn"":""10099901""}")
'   LearnerLinkClose Link
'
' In Visual Basic 6 a handle is a Currency, because that is its only whole 8-byte value: pass it on and never calculate with
' it. In 64-bit VBA it is a LongLong. Declare handles as in the functions below.
'
' learnerlink.dll must have the bits of the program: 32 for Visual Basic 6 and 32-bit Office. Put it beside the program, or
' call LoadLibrary with its full path before the first call.
'
' SPDX-License-Identifier: MIT
Option Explicit

Public Const LEARNERLINK_ERROR As Long = vbObjectError + 5000  ' Err.Number is this plus the status
Private Const STATUS_OK As Long = 0
Private Const STATUS_TIMED_OUT As Long = 2
Private Const STATE_RUNNING As Long = 1
Private Const CP_UTF8 As Long = 65001

#If Win64 Then
    Private Declare PtrSafe Function learnerlink_open Lib "learnerlink.dll" (ByRef Config As Byte, ByRef Plugin As LongLong, ByRef Problem As LongLong) As Long
    Private Declare PtrSafe Function learnerlink_close Lib "learnerlink.dll" (ByVal Handle As LongLong) As Long
    Private Declare PtrSafe Function learnerlink_start Lib "learnerlink.dll" (ByVal Plugin As LongLong, ByRef Operation As Byte, ByRef Request As Byte, ByRef Op As LongLong, ByRef Problem As LongLong) As Long
    Private Declare PtrSafe Function learnerlink_op_wait Lib "learnerlink.dll" (ByVal Op As LongLong, ByVal Milliseconds As Long, ByRef State As Long, ByRef Problem As LongLong) As Long
    Private Declare PtrSafe Function learnerlink_op_cancel Lib "learnerlink.dll" (ByVal Op As LongLong) As Long
    Private Declare PtrSafe Function learnerlink_op_result Lib "learnerlink.dll" (ByVal Op As LongLong, ByRef Response As LongLong, ByRef Problem As LongLong) As Long
    Private Declare PtrSafe Function learnerlink_text_copy Lib "learnerlink.dll" (ByVal Text As LongLong, ByRef Buffer As Any, ByVal Capacity As LongLong, ByRef Length As LongLong) As Long
    Private Declare PtrSafe Function learnerlink_error_json Lib "learnerlink.dll" (ByVal Problem As LongLong, ByRef Text As LongLong) As Long
    Private Declare PtrSafe Function WideCharToMultiByte Lib "kernel32" (ByVal CodePage As Long, ByVal Flags As Long, ByVal Wide As LongPtr, ByVal WideLength As Long, ByVal Bytes As LongPtr, ByVal ByteLength As Long, ByVal DefaultChar As LongPtr, ByVal UsedDefault As LongPtr) As Long
    Private Declare PtrSafe Function MultiByteToWideChar Lib "kernel32" (ByVal CodePage As Long, ByVal Flags As Long, ByVal Bytes As LongPtr, ByVal ByteLength As Long, ByVal Wide As LongPtr, ByVal WideLength As Long) As Long
#Else
    Private Declare Function learnerlink_open Lib "learnerlink.dll" (ByRef Config As Byte, ByRef Plugin As Currency, ByRef Problem As Currency) As Long
    Private Declare Function learnerlink_close Lib "learnerlink.dll" (ByVal Handle As Currency) As Long
    Private Declare Function learnerlink_start Lib "learnerlink.dll" (ByVal Plugin As Currency, ByRef Operation As Byte, ByRef Request As Byte, ByRef Op As Currency, ByRef Problem As Currency) As Long
    Private Declare Function learnerlink_op_wait Lib "learnerlink.dll" (ByVal Op As Currency, ByVal Milliseconds As Long, ByRef State As Long, ByRef Problem As Currency) As Long
    Private Declare Function learnerlink_op_cancel Lib "learnerlink.dll" (ByVal Op As Currency) As Long
    Private Declare Function learnerlink_op_result Lib "learnerlink.dll" (ByVal Op As Currency, ByRef Response As Currency, ByRef Problem As Currency) As Long
    Private Declare Function learnerlink_text_copy Lib "learnerlink.dll" (ByVal Text As Currency, ByRef Buffer As Any, ByVal Capacity As Currency, ByRef Length As Currency) As Long
    Private Declare Function learnerlink_error_json Lib "learnerlink.dll" (ByVal Problem As Currency, ByRef Text As Currency) As Long
    Private Declare Function WideCharToMultiByte Lib "kernel32" (ByVal CodePage As Long, ByVal Flags As Long, ByVal Wide As Long, ByVal WideLength As Long, ByVal Bytes As Long, ByVal ByteLength As Long, ByVal DefaultChar As Long, ByVal UsedDefault As Long) As Long
    Private Declare Function MultiByteToWideChar Lib "kernel32" (ByVal CodePage As Long, ByVal Flags As Long, ByVal Bytes As Long, ByVal ByteLength As Long, ByVal Wide As Long, ByVal WideLength As Long) As Long
#End If

#If Win64 Then
Public Function LearnerLinkOpen(ByVal Config As String) As LongLong
    Dim Plugin As LongLong, Problem As LongLong
#Else
Public Function LearnerLinkOpen(ByVal Config As String) As Currency
    Dim Plugin As Currency, Problem As Currency
#End If
    Dim Text() As Byte: Text = Utf8(Config)
    Check learnerlink_open(Text(0), Plugin, Problem), Problem
    LearnerLinkOpen = Plugin
End Function

' Ends a plugin with all its operations, without waiting for the network.
#If Win64 Then
Public Sub LearnerLinkClose(ByVal Plugin As LongLong)
#Else
Public Sub LearnerLinkClose(ByVal Plugin As Currency)
#End If
    learnerlink_close Plugin
End Sub

' Runs an operation by its name. The form stays alive meanwhile: events are handled while it waits, so disable the button that
' came here. To stop, set Cancel to True in the form's code.
#If Win64 Then
Public Function LearnerLinkCall(ByVal Plugin As LongLong, ByVal Operation As String, ByVal Request As String, Optional ByRef Cancel As Boolean = False) As String
    Dim Op As LongLong, Problem As LongLong, Response As LongLong
#Else
Public Function LearnerLinkCall(ByVal Plugin As Currency, ByVal Operation As String, ByVal Request As String, Optional ByRef Cancel As Boolean = False) As String
    Dim Op As Currency, Problem As Currency, Response As Currency
#End If
    Dim Name() As Byte: Name = Utf8(Operation)
    Dim Text() As Byte: Text = Utf8(Request)
    Dim State As Long, Status As Long
    Check learnerlink_start(Plugin, Name(0), Text(0), Op, Problem), Problem
    Do
        Status = learnerlink_op_wait(Op, 50, State, Problem)
        If Status <> STATUS_OK And Status <> STATUS_TIMED_OUT Then Exit Do
        DoEvents
        If Cancel Then learnerlink_op_cancel Op
    Loop While State = STATE_RUNNING
    If Status = STATUS_OK Then Status = learnerlink_op_result(Op, Response, Problem)
    learnerlink_close Op
    Check Status, Problem
    LearnerLinkCall = Take(Response)
End Function

' Raises an error whose description is the library's error object, in JSON; it has no personal data.
#If Win64 Then
Private Sub Check(ByVal Status As Long, ByVal Problem As LongLong)
    Dim Text As LongLong
#Else
Private Sub Check(ByVal Status As Long, ByVal Problem As Currency)
    Dim Text As Currency
#End If
    Dim Json As String
    If Status = STATUS_OK Then Exit Sub
    If learnerlink_error_json(Problem, Text) = STATUS_OK Then Json = Take(Text)
    learnerlink_close Problem
    Err.Raise LEARNERLINK_ERROR + Status, "LearnerLink", Json
End Sub

' Copies a text out and closes it.
#If Win64 Then
Private Function Take(ByVal Text As LongLong) As String
    Dim Length As LongLong, Bytes As Long
    learnerlink_text_copy Text, ByVal 0^, 0^, Length
    Bytes = CLng(Length)
#Else
Private Function Take(ByVal Text As Currency) As String
    Dim Length As Currency, Bytes As Long
    learnerlink_text_copy Text, ByVal 0&, 0@, Length
    Bytes = CLng(Length * 10000@)       ' a Currency counts in ten-thousandths
#End If
    Dim Buffer() As Byte: ReDim Buffer(Bytes)
#If Win64 Then
    learnerlink_text_copy Text, Buffer(0), CLngLng(Bytes) + 1, Length
#Else
    learnerlink_text_copy Text, Buffer(0), (CCur(Bytes) + 1) / 10000@, Length
#End If
    learnerlink_close Text
    If Bytes = 0 Then Exit Function
    Dim Wide As Long: Wide = MultiByteToWideChar(CP_UTF8, 0, VarPtr(Buffer(0)), Bytes, 0, 0)
    Take = String$(Wide, vbNullChar)
    MultiByteToWideChar CP_UTF8, 0, VarPtr(Buffer(0)), Bytes, StrPtr(Take), Wide
End Function

' A text in UTF-8 with the NUL at its end.
Private Function Utf8(ByVal Text As String) As Byte()
    Dim Bytes() As Byte, Length As Long
    If InStr(Text, vbNullChar) > 0 Then Err.Raise 5, "LearnerLink", "a text for LearnerLink has a NUL inside"
    Length = WideCharToMultiByte(CP_UTF8, 0, StrPtr(Text), Len(Text), 0, 0, 0, 0)
    ReDim Bytes(Length)
    If Length > 0 Then WideCharToMultiByte CP_UTF8, 0, StrPtr(Text), Len(Text), VarPtr(Bytes(0)), Length, 0, 0
    Utf8 = Bytes
End Function
