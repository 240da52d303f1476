{ LearnerLink for Delphi (2009 and later) and Free Pascal.

    Link := TLearnerLink.Create('{"sandbox":"http://127.0.0.1:8099"}');
    try
      Share := Link.Call('generate_qr', '{"ukprn":"10099901"}');
    finally
      Link.Free;
    end;

  Requests and responses are JSON in UTF-8; System.JSON, fpjson or any other library reads them. A UTF8String may be
  assigned to a string and back, and is converted. Every object here may be used by several threads at once; free it
  when none uses it any more. To keep a window alive, start an operation and look at it in a timer, or call from a thread.

  SPDX-License-Identifier: MIT }
unit LearnerLink;

{$IFDEF FPC}{$MODE DELPHI}{$ENDIF}

interface

uses
  SysUtils;

const
  LEARNERLINK_ABI_MAJOR = 1;
  LEARNERLINK_ABI_MINOR = 0;

  LEARNERLINK_STATUS_OK = 0;
  LEARNERLINK_STATUS_TIMED_OUT = 2;
  LEARNERLINK_STATUS_CANCELLED = 3;
  LEARNERLINK_STATUS_BUFFER_TOO_SMALL = 4;
  LEARNERLINK_STATUS_CLOSED = 103;

  LEARNERLINK_WAIT_FOREVER = $FFFFFFFF;

type
  { A handle of any kind: positive, and 64 bits wide also in a 32-bit program; 0 is none. }
  TLearnerLinkHandle = Int64;
  { 0 is success; see ELearnerLink.Status. }
  TLearnerLinkStatus = Integer;

  TLearnerLinkState = (lsRunning = 1, lsDone = 2, lsFailed = 3, lsCancelled = 4);

  { Why a call had no answer. That a learner declined or did not share is no error but the `outcome` of a response. }
  ELearnerLink = class(Exception)
  private
    FStatus: TLearnerLinkStatus;
    FCode, FJson: UTF8String;
  public
    constructor CreateFrom(Status: TLearnerLinkStatus; const Json: UTF8String);
    { 100 to 199 mistakes of the caller, 200 to 299 bad input, 300 to 399 the store, 400 to 499 the network or a service,
      900 a defect of the library. }
    property Status: TLearnerLinkStatus read FStatus;
    { The permanent name of the status, such as BAD_CREDENTIAL; compare this and not the message. }
    property Code: UTF8String read FCode;
    { The error object as it came; empty when there was none. }
    property Json: UTF8String read FJson;
  end;

  { An operation that was started. To free it while it runs cancels it. }
  TLearnerLinkOperation = class
  private
    FHandle: TLearnerLinkHandle;
  public
    constructor Create(Handle: TLearnerLinkHandle);
    destructor Destroy; override;
    { How far it is; never waits. }
    function State: TLearnerLinkState;
    { Waits until it ends, at most so many milliseconds. }
    function Wait(Milliseconds: Cardinal): TLearnerLinkState;
    { Waits until it ends and gives its response, or raises what it failed with. }
    function Response: UTF8String;
    { Asks it to end; it ends as cancelled unless it was quicker. }
    procedure Cancel;
  end;

  { An open plugin. To free it ends its operations as cancelled, without waiting for the network. }
  TLearnerLink = class
  private
    FHandle: TLearnerLinkHandle;
  public
    { Opens a plugin with a configuration in JSON. }
    constructor Create(const Config: UTF8String);
    destructor Destroy; override;
    { Runs an operation of the catalogue by its name while the calling thread waits. }
    function Call(const Operation, Request: UTF8String): UTF8String;
    { Starts an operation and returns at once. }
    function Start(const Operation, Request: UTF8String): TLearnerLinkOperation;
    { Counts of the plugin and the process, as JSON. }
    function Stats: UTF8String;
  end;

{ The text of a key of the outermost JSON object; empty when it has none. }
function LearnerLinkMember(const Json, Key: UTF8String): UTF8String;
{ Whether the library that was loaded serves this unit. }
function LearnerLinkCompatible: Boolean;

{ The functions of the interface; see learnerlink.h. The functions named after operations are left out, since
  TLearnerLink.Call runs every operation by its name. }
const
  LearnerLinkLibrary = {$IFDEF MSWINDOWS}'learnerlink.dll'{$ELSE}'learnerlink'{$ENDIF};

function learnerlink_version: PAnsiChar;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_abi_version: Cardinal;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_describe(out Text, Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_open(Config: PAnsiChar; out Plugin, Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_close(Handle: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_stats(Plugin: TLearnerLinkHandle; out Text, Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_log_next(Milliseconds: Cardinal; out Text: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_shutdown(Milliseconds: Cardinal; out Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_text_copy(Text: TLearnerLinkHandle; Buffer: PAnsiChar; Capacity: Int64; out Length: Int64): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_error_json(Error: TLearnerLinkHandle; out Text: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_start(Plugin: TLearnerLinkHandle; Operation, Request: PAnsiChar; out Op, Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_op_poll(Op: TLearnerLinkHandle; out State: Integer; out Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_op_wait(Op: TLearnerLinkHandle; Milliseconds: Cardinal; out State: Integer; out Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_op_cancel(Op: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_op_progress(Op: TLearnerLinkHandle; out Text, Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_op_result(Op: TLearnerLinkHandle; out Response, Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_queue_open(out Queue, Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_op_enqueue(Op, Queue: TLearnerLinkHandle; Tag: Int64; out Error: TLearnerLinkHandle): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;
function learnerlink_queue_next(Queue: TLearnerLinkHandle; Milliseconds: Cardinal; out Tag: Int64; out State: Integer): TLearnerLinkStatus;
  {$IFDEF MSWINDOWS}stdcall{$ELSE}cdecl{$ENDIF}; external LearnerLinkLibrary;

implementation

procedure Check(Status: TLearnerLinkStatus; Error: TLearnerLinkHandle); forward;

function Take(Text: TLearnerLinkHandle): UTF8String;
var
  Length: Int64;
begin
  Result := '';
  try
    if learnerlink_text_copy(Text, nil, 0, Length) <> LEARNERLINK_STATUS_BUFFER_TOO_SMALL then
      raise ELearnerLink.CreateFrom(900, '');
    // A Pascal string has room for its closing NUL.
    SetLength(Result, Length);
    Check(learnerlink_text_copy(Text, PAnsiChar(Result), Length + 1, Length), 0);
  finally
    learnerlink_close(Text);
  end;
end;

procedure Check(Status: TLearnerLinkStatus; Error: TLearnerLinkHandle);
var
  Text: TLearnerLinkHandle;
  Json: UTF8String;
begin
  if Status = LEARNERLINK_STATUS_OK then
    Exit;
  Json := '';
  if (Error <> 0) and (learnerlink_error_json(Error, Text) = LEARNERLINK_STATUS_OK) then
    Json := Take(Text);
  learnerlink_close(Error);
  raise ELearnerLink.CreateFrom(Status, Json);
end;

{ C would cut a text at a NUL inside it. }
function Whole(const Text: UTF8String): PAnsiChar;
begin
  if Pos(AnsiChar(#0), Text) > 0 then
    raise EArgumentException.Create('a text for LearnerLink has a NUL inside');
  Result := PAnsiChar(Text);
end;

constructor ELearnerLink.CreateFrom(Status: TLearnerLinkStatus; const Json: UTF8String);
var
  Said: UTF8String;
begin
  Said := LearnerLinkMember(Json, 'message');
  if Said = '' then
    Said := UTF8String('status ' + IntToStr(Status) + ' of the library');
  inherited Create(string(Said));
  FStatus := Status;
  FCode := LearnerLinkMember(Json, 'code');
  FJson := Json;
end;

constructor TLearnerLinkOperation.Create(Handle: TLearnerLinkHandle);
begin
  inherited Create;
  FHandle := Handle;
end;

destructor TLearnerLinkOperation.Destroy;
begin
  learnerlink_close(FHandle);
  inherited Destroy;
end;

function TLearnerLinkOperation.State: TLearnerLinkState;
var
  Found: Integer;
  Error: TLearnerLinkHandle;
  Status: TLearnerLinkStatus;
begin
  Status := learnerlink_op_poll(FHandle, Found, Error);
  Check(Status, Error);
  Result := TLearnerLinkState(Found);
end;

function TLearnerLinkOperation.Wait(Milliseconds: Cardinal): TLearnerLinkState;
var
  Found: Integer;
  Error: TLearnerLinkHandle;
  Status: TLearnerLinkStatus;
begin
  Status := learnerlink_op_wait(FHandle, Milliseconds, Found, Error);
  if Status <> LEARNERLINK_STATUS_TIMED_OUT then
    Check(Status, Error);
  Result := TLearnerLinkState(Found);
end;

function TLearnerLinkOperation.Response: UTF8String;
var
  Text, Error: TLearnerLinkHandle;
  Status: TLearnerLinkStatus;
begin
  Wait(LEARNERLINK_WAIT_FOREVER);
  Status := learnerlink_op_result(FHandle, Text, Error);
  Check(Status, Error);
  Result := Take(Text);
end;

procedure TLearnerLinkOperation.Cancel;
begin
  Check(learnerlink_op_cancel(FHandle), 0);
end;

constructor TLearnerLink.Create(const Config: UTF8String);
var
  Error: TLearnerLinkHandle;
  Status: TLearnerLinkStatus;
begin
  inherited Create;
  Status := learnerlink_open(Whole(Config), FHandle, Error);
  Check(Status, Error);
end;

destructor TLearnerLink.Destroy;
begin
  learnerlink_close(FHandle);
  inherited Destroy;
end;

function TLearnerLink.Start(const Operation, Request: UTF8String): TLearnerLinkOperation;
var
  Op, Error: TLearnerLinkHandle;
  Status: TLearnerLinkStatus;
begin
  Status := learnerlink_start(FHandle, Whole(Operation), Whole(Request), Op, Error);
  Check(Status, Error);
  Result := TLearnerLinkOperation.Create(Op);
end;

function TLearnerLink.Call(const Operation, Request: UTF8String): UTF8String;
var
  Started: TLearnerLinkOperation;
begin
  Started := Start(Operation, Request);
  try
    Result := Started.Response;
  finally
    Started.Free;
  end;
end;

function TLearnerLink.Stats: UTF8String;
var
  Text, Error: TLearnerLinkHandle;
  Status: TLearnerLinkStatus;
begin
  Status := learnerlink_stats(FHandle, Text, Error);
  Check(Status, Error);
  Result := Take(Text);
end;

{ The string whose opening quote is at At, which is left at the closing one. }
function StringAt(const Json: UTF8String; var At: Integer): UTF8String;
begin
  Result := '';
  Inc(At);
  while (At <= Length(Json)) and (Json[At] <> '"') do
  begin
    if Json[At] = '\' then
      Inc(At);
    if At <= Length(Json) then
      Result := Result + Json[At];
    Inc(At);
  end;
end;

function LearnerLinkMember(const Json, Key: UTF8String): UTF8String;
var
  At, Depth: Integer;
  Found: UTF8String;
begin
  Result := '';
  Depth := 0;
  At := 1;
  while At <= Length(Json) do
  begin
    case Json[At] of
      '{', '[': Inc(Depth);
      '}', ']': Dec(Depth);
      '"':
        begin
          Found := StringAt(Json, At);
          if (Depth = 1) and (Found = Key) and (At + 1 <= Length(Json)) and (Json[At + 1] = ':') then
          begin
            Inc(At, 2);
            if (At <= Length(Json)) and (Json[At] = '"') then
              Result := StringAt(Json, At);
            Exit;
          end;
        end;
    end;
    Inc(At);
  end;
end;

function LearnerLinkCompatible: Boolean;
var
  Loaded: Cardinal;
begin
  Loaded := learnerlink_abi_version();
  Result := (Loaded shr 16 = LEARNERLINK_ABI_MAJOR) and (Loaded and $FFFF >= LEARNERLINK_ABI_MINOR);
end;

end.
